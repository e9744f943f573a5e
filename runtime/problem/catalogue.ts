/**
 * Every error that an app answers with: its status and its title, which is constant and tells nothing about the request.
 * `docs/errors.md` explains each, the contract's `ProblemCode` lists them; tests hold the three together.
 */
export const catalogue = {
  "audit-record-not-found": { status: 404, title: "There is no such audit record" },
  "audit-unavailable": { status: 503, title: "The access could not be recorded" },
  "body-not-json": { status: 400, title: "The body is not valid JSON" },
  "body-required": { status: 400, title: "A body is required" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "cursor-invalid": { status: 400, title: "The cursor is not one of this list's" },
  "database-unavailable": { status: 503, title: "The data cannot be reached" },
  "id-mismatch": { status: 400, title: "The ids in path and body differ" },
  "internal-error": { status: 500, title: "The server failed" },
  "media-type-unsupported": { status: 415, title: "The content type is not supported" },
  "patient-not-found": { status: 404, title: "There is no such patient" },
  "precondition-failed": { status: 412, title: "The resource has changed" },
  "request-invalid": { status: 400, title: "The request does not match the contract" },
  "resource-not-found": { status: 404, title: "There is no such resource" },
  "secret-unavailable": { status: 503, title: "A secret cannot be read" },
  "test-not-found": { status: 404, title: "There is no such test" },
} as const satisfies Record<string, { status: number; title: string }>;

/** A code of the catalogue. */
export type ProblemCode = keyof typeof catalogue;
