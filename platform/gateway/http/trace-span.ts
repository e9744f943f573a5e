import type { GatewayRuntime } from "../gateway-runtime.ts";

/** The gateway's own span in the trace of a request. */
export interface TraceSpan {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** The client's span; null when it sent none that is well formed, and the trace begins here. */
  readonly parentId: string | null;
  /** `01` sampled, `00` not. */
  readonly flags: string;
}

/**
 * Opens the gateway's span: under the client's, or in a new trace when there is none. A malformed `traceparent` counts as none.
 *
 * @param received values of the header `traceparent`
 *
 * Source: W3C Trace Context, sections 3.2 and 3.4.
 */
export function openSpan(received: readonly string[] | undefined, runtime: GatewayRuntime): TraceSpan {
  const parent = received?.length === 1 ? parseTraceparent(received[0] ?? "") : null;
  const { traceId, parentId, flags } = parent ?? {
    traceId: nonZero(16, runtime),
    parentId: null,
    flags: "01",
  };
  return { traceId, spanId: drawSpanId(runtime), parentId, flags };
}

/** A span id that no other span has. */
export function drawSpanId(runtime: GatewayRuntime): string {
  return nonZero(8, runtime);
}

/** The header `traceparent` for what a span calls. @param parentId the calling span; the gateway's own when absent */
export function traceparentOf({ traceId, spanId, flags }: TraceSpan, parentId = spanId): string {
  return `00-${traceId}-${parentId}-${flags}`;
}

const shape = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const zeros = /^0+$/;

function parseTraceparent(text: string): Omit<TraceSpan, "spanId"> | null {
  const [, version = "", traceId = "", parentId = "", flags = "", more] = shape.exec(text) ?? [];
  if (version === "" || version === "ff" || (version === "00" && more !== undefined)) return null;
  if (zeros.test(traceId) || zeros.test(parentId)) return null;
  // Of an unknown version only the sampled flag is understood; version 00 defines no other.
  return { traceId, parentId, flags: Number.parseInt(flags, 16) & 1 ? "01" : "00" };
}

function nonZero(bytes: number, runtime: GatewayRuntime): string {
  const text = runtime.randomHex(bytes);
  return zeros.test(text) ? `${text.slice(0, -1)}1` : text;
}
