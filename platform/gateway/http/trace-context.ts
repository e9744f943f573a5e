import type { GatewayRuntime } from "../gateway-runtime.ts";
import type { HeaderBag } from "../messages/header-bag.ts";

/**
 * Continues the client's trace: the backend gets its trace id, flags and `tracestate`, and a parent id of the gateway's own. A
 * malformed `traceparent` counts as none, and a new trace begins.
 *
 * Source: W3C Trace Context, sections 3.2 and 3.4.
 */
export function continueTrace(headers: HeaderBag, runtime: GatewayRuntime): void {
  const received = headers.get("traceparent");
  const parent = received?.length === 1 ? parseTraceparent(received[0] ?? "") : null;
  if (parent === null) headers.delete("tracestate");
  const traceId = parent?.traceId ?? nonZero(16, runtime);
  headers.set("traceparent", [`00-${traceId}-${nonZero(8, runtime)}-${parent?.flags ?? "01"}`]);
}

const shape = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const zeros = /^0+$/;

function parseTraceparent(text: string): { traceId: string; flags: string } | null {
  const [, version = "", traceId = "", parentId = "", flags = "", more] = shape.exec(text) ?? [];
  if (version === "" || version === "ff" || (version === "00" && more !== undefined)) return null;
  if (zeros.test(traceId) || zeros.test(parentId)) return null;
  // Of an unknown version only the sampled flag is understood; version 00 defines no other.
  return { traceId, flags: Number.parseInt(flags, 16) & 1 ? "01" : "00" };
}

function nonZero(bytes: number, runtime: GatewayRuntime): string {
  const text = runtime.randomHex(bytes);
  return zeros.test(text) ? `${text.slice(0, -1)}1` : text;
}
