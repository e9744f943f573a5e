/**
 * One item of telemetry, as Application Insights' ingestion takes it.
 *
 * Source: Microsoft Learn, "Application Insights telemetry data model"; the schemas "Envelope" and its data of the SDKs.
 */
export interface TelemetryEnvelope {
  readonly ver: 1;
  /** `Microsoft.ApplicationInsights.` and `Request`, `RemoteDependency`, `Exception` or `Message`. */
  readonly name: string;
  /** ISO 8601, UTC: when it began. */
  readonly time: string;
  /** Percent: an item stands for `100 / sampleRate`. */
  readonly sampleRate: number;
  /** The instrumentation key. */
  readonly iKey: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: TelemetryData;
}

/** What an envelope holds. */
export type TelemetryData =
  | { readonly baseType: "RequestData"; readonly baseData: RequestData }
  | { readonly baseType: "RemoteDependencyData"; readonly baseData: RemoteDependencyData }
  | { readonly baseType: "ExceptionData"; readonly baseData: ExceptionData }
  | { readonly baseType: "MessageData"; readonly baseData: MessageData };

/** A request that the gateway answered. */
export interface RequestData {
  readonly ver: 2;
  readonly id: string;
  readonly name: string;
  /** `hh:mm:ss.fffffff` */
  readonly duration: string;
  readonly success: boolean;
  readonly responseCode: string;
  readonly url: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** A call that the gateway made. */
export interface RemoteDependencyData {
  readonly ver: 2;
  readonly id: string;
  readonly name: string;
  /** `hh:mm:ss.fffffff` */
  readonly duration: string;
  readonly success: boolean;
  readonly resultCode: string;
  readonly type: "HTTP";
  readonly target: string;
  readonly data: string;
}

/** What went wrong with a request. */
export interface ExceptionData {
  readonly ver: 2;
  readonly exceptions: readonly {
    readonly typeName: string;
    readonly message: string;
    readonly hasFullStack: false;
  }[];
}

/** What a `trace` policy wrote. */
export interface MessageData {
  readonly ver: 2;
  readonly message: string;
  /** 0 verbose, 1 information, 3 error. */
  readonly severityLevel: number;
  readonly properties: Readonly<Record<string, string>>;
}
