/** What a trace id may be given as; for messages to people. */
export const TRACE_ID_EXPECTED =
  "a trace id of 32 hexadecimal digits, not all zero, or a whole traceparent (00-<trace id>-<span id>-01)";

/**
 * Reads a trace id from what a person pasted: the id itself, or a `traceparent`.
 *
 * @returns the id in lower case; `undefined` when the text is neither
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function parseTraceId(text: string): string | undefined {
  const given = text.trim().toLowerCase();
  const id = TRACEPARENT.exec(given)?.[1] ?? given;
  return TRACE_ID.test(id) && id !== ZERO ? id : undefined;
}

const TRACEPARENT = /^(?:traceparent:\s*)?[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;
const TRACE_ID = /^[0-9a-f]{32}$/;
const ZERO = "0".repeat(32);
