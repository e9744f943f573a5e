import type { Reply } from "../reply.ts";
import { catalogue } from "./catalogue.ts";
import type { Problem } from "./problem.ts";

/** What names a request in an answer: the trace may be the client's, the request id is the server's. */
export interface RequestNames {
  readonly traceId: string;
  readonly requestId: string;
}

/** A problem as `application/problem+json` (RFC 9457). */
export function problemReply(problem: Problem, names: RequestNames): Reply {
  const { detail = catalogue[problem.code].detail, errors, retryAfter } = problem.options;
  return {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
    },
    body: {
      type: `/portal/errors/${problem.code}`,
      title: problem.message,
      status: problem.status,
      detail,
      code: problem.code,
      traceId: names.traceId,
      requestId: names.requestId,
      ...(errors === undefined ? {} : { errors }),
    },
  };
}
