import type { IncomingHttpHeaders } from "node:http";
import type { Container, StoredBlob } from "./container.ts";

/** A request for a container or one of its blobs. */
export interface BlobRequest {
  readonly method: string;
  /** The blob's name; empty for the container itself. */
  readonly blob: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Reads the whole body, or answers `undefined` when it is over the limit. */
  readonly readBody: () => Promise<Buffer | undefined>;
}

export interface BlobAnswer {
  readonly status: number;
  /** Azure Storage's error code, for a refusal. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Serves one request to a container whose blobs are immutable. */
export async function answerBlobRequest(request: BlobRequest, container: Container): Promise<BlobAnswer> {
  const { method, blob, query, headers } = request;
  if (headers["x-ms-version"] === undefined) return { status: 400, code: "MissingRequiredHeader" };
  if (blob === "") return method === "GET" ? list(query, container) : unsupported();
  if (!BLOB_NAME.test(blob)) return { status: 400, code: "InvalidResourceName" };
  if (method === "PUT") return put(request, container);
  if (method === "DELETE") return refuseDeletion(container, blob);
  if (method !== "GET" && method !== "HEAD") return unsupported();
  const found = container.get(blob);
  return found
    ? { status: 200, headers: describe(found), body: found.content }
    : { status: 404, code: "BlobNotFound" };
}

/** What is stored here: one folder deep at most, so that a name is never a way out of the container. */
const BLOB_NAME = /^[a-z0-9][a-z0-9-]{0,60}(\/[a-z0-9][a-z0-9-]{0,60})?(\.[a-z]{1,8})?$/;

/** Put Blob. A retention policy lets a blob be made, and nothing be done to it afterwards. */
async function put({ blob, headers, readBody }: BlobRequest, container: Container): Promise<BlobAnswer> {
  if (headers["x-ms-blob-type"] !== "BlockBlob") return { status: 400, code: "InvalidHeaderValue" };
  const content = await readBody();
  if (!content) return { status: 413, code: "RequestBodyTooLarge" };
  const created = container.create(blob, content);
  if (created) return { status: 201, headers: { etag: created.etag, "last-modified": created.lastModified } };
  const conditional = headers["if-none-match"] === "*";
  return { status: 409, code: conditional ? "BlobAlreadyExists" : "BlobImmutableDueToPolicy" };
}

function refuseDeletion(container: Container, blob: string): BlobAnswer {
  return container.get(blob)
    ? { status: 409, code: "BlobImmutableDueToPolicy" }
    : { status: 404, code: "BlobNotFound" };
}

/** List Blobs: names in order, at most `maxresults` of them, from after `marker` on. */
function list(query: URLSearchParams, container: Container): BlobAnswer {
  if (query.get("restype") !== "container" || query.get("comp") !== "list") return unsupported();
  const limit = Number(query.get("maxresults") ?? MAX_RESULTS);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_RESULTS)
    return { status: 400, code: "OutOfRangeQueryParameterValue" };
  const marker = query.get("marker") ?? "";
  const names = container.names(query.get("prefix") ?? "").filter((name) => name > marker);
  const page = names.slice(0, limit);
  const next = names.length > limit ? (page.at(-1) ?? "") : "";
  const blobs = page.map((name) => `<Blob><Name>${name}</Name></Blob>`).join("");
  const body = `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs>${blobs}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;
  return { status: 200, headers: { "content-type": "application/xml" }, body: Buffer.from(body) };
}

const MAX_RESULTS = 5000;

function describe({ contentType, etag, lastModified }: StoredBlob): Record<string, string> {
  return { "content-type": contentType, etag, "last-modified": lastModified, "x-ms-blob-type": "BlockBlob" };
}

function unsupported(): BlobAnswer {
  return { status: 405, code: "UnsupportedHttpVerb" };
}
