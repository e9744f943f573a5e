import { isMembers } from "../envelope.ts";
import type { SpanLink } from "./span.ts";

/** Reads the `_MS.links` of a span: `[{operation_Id, id}]` as JSON. What is none is left out. */
export function readLinks(text: unknown): readonly SpanLink[] {
  if (typeof text !== "string" || text === "") return NONE;
  const links = parse(text);
  return Array.isArray(links) ? links.flatMap(readLink) : NONE;
}

const NONE: readonly SpanLink[] = [];

function readLink(link: unknown): SpanLink[] {
  if (!isMembers(link)) return [];
  const { operation_Id: traceId, id: spanId } = link;
  return typeof traceId === "string" && typeof spanId === "string" ? [{ traceId, spanId }] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
