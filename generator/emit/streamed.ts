import type { ResponseModel } from "../model/model.ts";

/** JSON texts, one a line (https://github.com/ndjson/ndjson-spec). The schema in the contract is that of each line. */
export const NDJSON = "application/x-ndjson";

/** Whether a body is answered line by line, while it is made. */
export function isStreamed(content: ResponseModel["content"]): boolean {
  return content?.contentType === NDJSON;
}

/** The name of the one property of what prints as a stream of its value: no JSON Schema says such a thing. */
export const LINES = "#lines";
