import type { BodyDefinition } from "../operation.ts";
import { problem } from "../problem/problem.ts";
import type { HttpRequest } from "./http-request.ts";
import { parseJson } from "./parse-json.ts";

/**
 * Reads and parses the body of a request, once. In this order: too large is 413, another media type than the operation's
 * is 415, a missing or malformed body is 400.
 * @returns `undefined` when the operation takes no body, or none was sent and none is required.
 * @throws {Problem} `body-too-large`, `media-type-unsupported`, `body-required`, `body-not-json`
 */
export async function readBody(request: HttpRequest, definition: BodyDefinition | null): Promise<unknown> {
  if (!definition) return undefined;
  refuseTooLarge(Number(request.headers.get("content-length") ?? 0), definition);
  const bytes = await request.arrayBuffer();
  refuseTooLarge(bytes.byteLength, definition);
  refuseEncoding(request.headers.get("content-encoding"));
  refuseMediaType(request.headers.get("content-type"), bytes.byteLength, definition);
  if (bytes.byteLength > 0) return parseJson(bytes);
  if (definition.required) throw problem("body-required");
  return undefined;
}

function refuseTooLarge(length: number, { maxBytes }: BodyDefinition): void {
  if (length > maxBytes) {
    throw problem("body-too-large", { detail: `The body may have at most ${maxBytes} bytes.` });
  }
}

/** Nothing of ours unpacks a body. RFC 9110, 8.4. */
function refuseEncoding(header: string | null): void {
  if (header !== null && header.trim().toLowerCase() !== "identity") {
    throw problem("media-type-unsupported", { detail: "Send the body without a Content-Encoding." });
  }
}

function refuseMediaType(header: string | null, length: number, { contentTypes }: BodyDefinition): void {
  if (header === null && length === 0) return;
  const [mediaType = "", ...parameters] = (header ?? "").toLowerCase().split(";");
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith("charset="));
  const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (!contentTypes.includes(mediaType.trim()) || !utf8) {
    throw problem("media-type-unsupported", { detail: `Send ${contentTypes.join(" or ")}, in UTF-8.` });
  }
}
