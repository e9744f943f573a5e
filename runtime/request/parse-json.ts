import { problem } from "../problem/problem.ts";
import { findJsonFault } from "./json-faults.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/**
 * Parses JSON as strictly as RFC 8259 and RFC 7493 (I-JSON) let us: valid UTF-8, no duplicate names, no half of a surrogate
 * pair, limited nesting.
 * @throws {Problem} `body-not-json`, whose detail says which of these it is
 */
export function parseJson(bytes: ArrayBuffer): unknown {
  const text = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem("body-not-json", { detail: "The body does not follow the JSON grammar (RFC 8259)." });
  }
  const fault = findJsonFault(text);
  if (fault) throw problem("body-not-json", { detail: fault });
  return value;
}

function decode(bytes: ArrayBuffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw problem("body-not-json", { detail: "The body is not valid UTF-8." });
  }
}
