/**
 * One item of telemetry, as Application Insights' SDKs send it.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete
 */
export interface Envelope {
  readonly ver?: number;
  /** `Microsoft.ApplicationInsights.Request` and the like; what counts is `data.baseType`. */
  readonly name: string;
  /** ISO 8601. When a request or a call began; when anything else happened. */
  readonly time: string;
  /** The instrumentation key of the resource that the item is for. */
  readonly iKey: string;
  /** How many of a hundred items like this one were sent; 100. */
  readonly sampleRate?: number;
  /** `ai.cloud.role`, `ai.operation.id`, `ai.operation.parentId` and the like, each a string. */
  readonly tags?: Readonly<Record<string, unknown>>;
  readonly data: {
    /** `RequestData`, `RemoteDependencyData`, `ExceptionData`, `MessageData`, `MetricData`, or a type not shown here. */
    readonly baseType: string;
    readonly baseData: object;
  };
}

/** Whether a value has what every envelope has. What its `baseData` holds is judged where it is read. */
export function isEnvelope(value: unknown): value is Envelope {
  return findEnvelopeFault(value) === undefined;
}

/** Says what keeps a value from being an envelope; `undefined` when nothing does. */
export function findEnvelopeFault(value: unknown): string | undefined {
  if (!isMembers(value)) return "An envelope is a JSON object";
  if (typeof value.name !== "string" || value.name === "") return "Field 'name' is required";
  if (typeof value.iKey !== "string") return "Field 'iKey' is required";
  if (typeof value.time !== "string" || Number.isNaN(Date.parse(value.time)))
    return "Field 'time' is not a date";
  if (value.tags !== undefined && !isMembers(value.tags)) return "Field 'tags' is not an object";
  if (!isSampleRate(value.sampleRate)) return "Field 'sampleRate' is not above 0 and up to 100";
  const data = value.data;
  if (!isMembers(data) || typeof data.baseType !== "string") return "Field 'data.baseType' is required";
  return isMembers(data.baseData) ? undefined : "Field 'data.baseData' is required";
}

/** Whether a value is an object that is no array, so that its members can be looked at. */
export function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSampleRate(value: unknown): boolean {
  return value === undefined || (typeof value === "number" && value > 0 && value <= 100);
}
