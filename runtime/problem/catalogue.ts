/**
 * Every error that an app answers with: its status, its title, and what it says where it is raised without a word of its own.
 * Title and detail are constant and tell nothing about the request.
 * `docs/errors.md` explains each, the contract's `ProblemCode` lists them; tests hold the three together.
 */
export const catalogue = {
  "audit-record-not-found": {
    status: 404,
    title: "There is no such audit record",
    detail: "No record of the register has this id.",
  },
  "audit-unavailable": {
    status: 503,
    title: "The access could not be recorded",
    detail: "Nothing was read or changed. Send the request again after the seconds in Retry-After.",
  },
  "body-not-json": {
    status: 400,
    title: "The body is not valid JSON",
    detail: "The body does not follow the JSON grammar (RFC 8259).",
  },
  "body-required": {
    status: 400,
    title: "A body is required",
    detail: "The operation needs a body of the type application/json.",
  },
  "body-too-large": {
    status: 413,
    title: "The body is too large",
    detail: "The body has more bytes than the operation accepts.",
  },
  "checkpoint-not-found": {
    status: 404,
    title: "There is no such checkpoint",
    detail:
      "The ledger has no checkpoint of this sequence. The first is made within ten seconds of the start.",
  },
  "cursor-invalid": {
    status: 400,
    title: "The cursor is not one of this list's",
    detail: "Start the list again without a cursor, and follow its Link headers with the same criteria.",
  },
  "database-unavailable": {
    status: 503,
    title: "The data cannot be reached",
    detail: "Nothing was changed. Send the request again after the seconds in Retry-After.",
  },
  "id-mismatch": {
    status: 400,
    title: "The ids in path and body differ",
    detail: "An id in the body must be the id in the path.",
  },
  "internal-error": {
    status: 500,
    title: "The server failed",
    detail: "Quote the requestId when you ask for help.",
  },
  "media-type-unsupported": {
    status: 415,
    title: "The content type is not supported",
    detail: "Send application/json, in UTF-8.",
  },
  "patient-not-found": {
    status: 404,
    title: "There is no such patient",
    detail: "No patient has this id, or the patient was deleted.",
  },
  "precondition-failed": {
    status: 412,
    title: "The resource has changed",
    detail: "Read the resource again: its ETag is no longer the one in If-Match. Nothing was changed.",
  },
  "proof-pending": {
    status: 409,
    title: "The record is not in a checkpoint yet",
    detail:
      "Send the request again after the seconds in Retry-After: checkpoints are made every few seconds.",
  },
  "request-invalid": {
    status: 400,
    title: "The request does not match the contract",
    detail: "A value does not match the contract.",
  },
  "resource-not-found": {
    status: 404,
    title: "There is no such resource",
    detail: "The id in the path does not have the form of an id.",
  },
  "secret-unavailable": {
    status: 503,
    title: "A secret cannot be read",
    detail: "Nothing was read or changed. Send the request again after the seconds in Retry-After.",
  },
  "test-not-found": {
    status: 404,
    title: "There is no such test",
    detail: "The patient has no test with this id, or the test was deleted.",
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>;

/** A code of the catalogue. */
export type ProblemCode = keyof typeof catalogue;
