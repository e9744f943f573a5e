import type { Envelope } from "../envelope.ts";

/** The key that the collector has unless it is told another one. */
export const KEY = "00000000-0000-0000-0000-000000000001";

export const TRACE = "ea0c5bd26f7f5ff8c106a1461ecf1f97";

/** What a test says of an envelope. */
export interface EnvelopeOptions {
  readonly type?: "Request" | "RemoteDependency" | "Exception" | "Message" | "Metric";
  readonly role?: string;
  readonly trace?: string;
  readonly id?: string;
  readonly parent?: string;
  /** Milliseconds after 2026-11-21T14:43:36Z. */
  readonly at?: number;
  readonly sampleRate?: number;
  readonly operation?: string;
  /** Members of `baseData`. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Makes an envelope as the SDK sends it: a request of the patient app, unless told otherwise. */
export function makeEnvelope(options: EnvelopeOptions = {}): Envelope {
  const {
    type = "Request",
    role = "patient",
    trace = TRACE,
    id = "62ba8f4851367663",
    parent,
    at = 0,
  } = options;
  return {
    ver: 1,
    name: `Microsoft.ApplicationInsights.${type}`,
    time: new Date(Date.UTC(2026, 10, 21, 14, 43, 36, at)).toISOString(),
    sampleRate: options.sampleRate ?? 100,
    iKey: KEY,
    tags: {
      "ai.internal.sdkVersion": "node24:otel2.10.0:dst1.20.0",
      "ai.cloud.role": role,
      "ai.cloud.roleInstance": `${role}-1`,
      "ai.operation.id": trace,
      ...(parent !== undefined && { "ai.operation.parentId": parent }),
      ...(options.operation !== undefined && { "ai.operation.name": options.operation }),
    },
    data: {
      baseType: `${type}Data`,
      baseData: {
        ver: 2,
        ...(HAS_ID.has(type) && { id, ...SPAN }),
        properties: {},
        measurements: {},
        ...options.data,
      },
    },
  };
}

const HAS_ID: ReadonlySet<string> = new Set(["Request", "RemoteDependency"]);

const SPAN = {
  name: "GET /patient/{patientId}",
  duration: "00:00:00.005",
  success: true,
  responseCode: "200",
};
