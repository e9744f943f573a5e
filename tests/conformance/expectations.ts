import { isObject } from "../../generator/load/json.ts";
import { parametersIn, type CheckedOperation } from "./contract/operation.ts";
import { isDeclaredType } from "./oracle/declared-type.ts";
import { matchesStrongly, matchesWeakly } from "./oracle/entity-tags.ts";
import { headerOf, segmentsOf } from "./oracle/sent-request.ts";
import type { Received } from "./oracle/received.ts";
import { CHECKPOINTS, SAME_IDS } from "./single-operations.ts";

/** What a request is answered with that a schema does not say. */
export interface Expectation {
  readonly id: string;
  /** Who answers: the gateway alone, the host of the app (in the gateway's words when it passes the gateway), or the app. */
  readonly by: "gateway" | "host" | "app";
  readonly status: (operation: CheckedOperation) => number;
  /** The problem's code. `null` where the contract leaves it open, or the answer is no problem. */
  readonly code: string | null;
  readonly because: string;
  /** Whether requests of the operation can meet it: then one must, or the coverage has a gap. */
  readonly concerns: (operation: CheckedOperation) => boolean;
  readonly holds: (received: Received) => boolean;
}

/**
 * All that is expected of the product beyond its schemas, in the order in which it decides: the first that holds says how the
 * request is answered. A request that meets none before `success` is what the contract asks for.
 */
export const EXPECTATIONS: readonly Expectation[] = [
  {
    id: "unreadable-path",
    by: "gateway",
    status: always(404),
    code: null,
    because:
      "API Management matches decoded segments: a malformed escape, a NUL, `.` and `..` match no operation. The host alone " +
      "would resolve the dots to another address, as Kestrel does, so these are sent through the gateway only.",
    concerns: ({ path, internal }) => path.includes("{") && !internal,
    holds: ({ sent }) => segmentsOf(sent).some(isUnreadable),
  },
  {
    id: "key",
    by: "host",
    status: always(401),
    code: null,
    because:
      "Every operation needs a subscription key at the gateway, and every function a key of its own (`security`).",
    concerns: () => true,
    holds: ({ sent }) => sent.key !== "right",
  },
  {
    id: "address-too-long",
    by: "host",
    status: always(414),
    code: null,
    because: "Azure's front end takes an address of 4,096 bytes.",
    concerns: () => true,
    holds: ({ sent }) => sent.target.length > 4096,
  },
  {
    id: "too-many-headers",
    by: "host",
    status: always(431),
    code: null,
    because: "Kestrel takes 100 headers. Cases have far fewer or far more, because the gateway adds some.",
    concerns: () => true,
    holds: ({ sent }) => sent.headers.length > 100,
  },
  {
    id: "body-too-large",
    by: "app",
    status: always(413),
    code: "body-too-large",
    because: "`x-max-bytes` of the request body, 2 MiB when it says nothing.",
    concerns: takesBody,
    holds: ({ operation: { body }, length }) => body !== null && length > body.maxBytes,
  },
  {
    id: "content-encoding",
    by: "app",
    status: always(415),
    code: "media-type-unsupported",
    because: "Nothing of ours unpacks a body (RFC 9110, 8.4); OpenAPI cannot say so.",
    concerns: takesBody,
    holds: ({ operation, sent }) =>
      takesBody(operation) &&
      !["identity", undefined].includes(headerOf(sent, "content-encoding")?.toLowerCase()),
  },
  {
    id: "media-type",
    by: "app",
    status: always(415),
    code: "media-type-unsupported",
    because:
      "A body has one of the declared media types, in UTF-8; without a body a content type needs not be there.",
    concerns: takesBody,
    holds: ({ operation, sent, length }) => {
      const type = headerOf(sent, "content-type");
      return takesBody(operation) && (type !== null || length > 0) && !isDeclaredType(type ?? "", operation);
    },
  },
  {
    id: "body-required",
    by: "app",
    status: always(400),
    code: "body-required",
    because: "`required: true` of the request body.",
    concerns: ({ body }) => body?.required ?? false,
    holds: ({ operation: { body }, length }) => (body?.required ?? false) && length === 0,
  },
  {
    id: "strict-json",
    by: "app",
    status: always(400),
    code: "body-not-json",
    because:
      "RFC 8259 and RFC 7493: UTF-8, no name twice, no half of a surrogate pair, 64 levels at most. JSON Schema speaks " +
      "about what was parsed, and parsers differ in what they make of these.",
    concerns: takesBody,
    holds: ({ json }) => json !== null && "fault" in json,
  },
  {
    id: "malformed-id",
    by: "app",
    status: ({ parameters }) => invalidPathStatus(parameters),
    code: "resource-not-found",
    because: "A path parameter that breaks its schema names nothing: 404 before anything else is looked at.",
    concerns: (operation) => hasPath(operation) && invalidPathStatus(operation.parameters) === 404,
    holds: ({ operation, violations }) =>
      invalidPathStatus(operation.parameters) === 404 && violations.some(({ part }) => part === "path"),
  },
  {
    id: "schema",
    by: "app",
    status: always(400),
    code: "request-invalid",
    because:
      "Whatever breaks a schema of the contract, a malformed id of an operation with `x-invalid-status: 400` included. A " +
      "query parameter that the operation does not declare is refused too: a mistyped filter must not find everything.",
    concerns: () => true,
    holds: ({ violations }) => violations.length > 0,
  },
  {
    id: "id-mismatch",
    by: "app",
    status: always(400),
    code: "id-mismatch",
    because:
      "A resource may be sent back whole, as it was read, so its ids must be those of the path (in any case).",
    concerns: ({ operationId }) => operationId in SAME_IDS,
    holds: ({ operation: { operationId }, body, parameters }) =>
      Object.entries(SAME_IDS[operationId] ?? {}).some(([member, parameter]) => {
        const [sent, named] = [isObject(body) ? body[member] : undefined, parameters.path[parameter]];
        if (typeof sent !== "string" || typeof named !== "string") return false;
        return sent.toLowerCase() !== named.toLowerCase();
      }),
  },
  {
    id: "checkpoints-in-order",
    by: "app",
    status: always(400),
    code: "request-invalid",
    because: "A ledger grows from the earlier checkpoint to the later: no schema compares two parameters.",
    concerns: ({ operationId }) => operationId === "getConsistencyProof",
    holds: ({ operation, parameters: { path } }) =>
      operation.operationId === "getConsistencyProof" && Number(path.from) > Number(path.to),
  },
  {
    id: "nothing-there",
    by: "app",
    status: always(404),
    code: null,
    because:
      "No schema says what exists. An id of nothing, of what was deleted, or of another's test is 404, and so is a " +
      "checkpoint that has not been made.",
    concerns: namesSomething,
    holds: ({ operation, subject }) => namesSomething(operation) && subject.ids === null,
  },
  {
    id: "cursor",
    by: "app",
    status: always(400),
    code: "cursor-invalid",
    because:
      "A cursor is signed and belongs to its list and its criteria (how many a page holds is none of them).",
    concerns: (operation) => parametersIn(operation, "query").some(({ name }) => name === "cursor"),
    holds: ({ subject }) => subject.cursorFits === false,
  },
  {
    id: "if-match",
    by: "app",
    status: always(412),
    code: "precondition-failed",
    because: "RFC 9110, 13.1.1: strong comparison with the current entity tag.",
    concerns: (operation) => hasHeader(operation, "if-match"),
    holds: ({ operation, sent, subject }) => {
      const condition = headerOf(sent, "if-match");
      return (
        hasHeader(operation, "if-match") && condition !== null && !matchesStrongly(condition, subject.etag)
      );
    },
  },
  {
    id: "if-none-match",
    by: "app",
    status: always(304),
    code: null,
    because: "RFC 9110, 13.1.2: weak comparison with the current entity tag.",
    concerns: (operation) => hasHeader(operation, "if-none-match"),
    holds: ({ operation, sent, subject }) => {
      const condition = headerOf(sent, "if-none-match");
      return (
        hasHeader(operation, "if-none-match") && condition !== null && matchesWeakly(condition, subject.etag)
      );
    },
  },
  {
    id: "success",
    by: "app",
    status: ({ responses }) => Number([...responses.keys()].find((status) => status.startsWith("2")) ?? 200),
    code: null,
    because: "A request that keeps the contract, about what is there, is served.",
    concerns: () => true,
    holds: () => true,
  },
];

/**
 * Where the product is narrower than a schema, or tells less than JSON Schema would, and why that is right. Each is followed
 * at the one place that is named.
 */
export const PECULIARITIES = {
  "date-time":
    "No leap second, no lower case, at most nine decimals, no year 0000, and no offset in the years 0001 and 9999: neither " +
    "JavaScript's Date nor the database holds such a moment in UTC (oracle/formats.ts).",
  "path-slash":
    "Kestrel leaves %2F in a path as it is, so an id that holds one is longer (oracle/read-parameters.ts).",
  "parameter-numbers":
    "OpenAPI does not say how a number is written in a parameter: up to 15 digits, no exponent (oracle/read-parameters.ts).",
  "long-arrays":
    "A list with more than `maxItems` items is refused for its length alone: findings about each of 200,000 items would " +
    "take hours (compare-violations.ts).",
  "one-unknown-member":
    "Of members that the contract does not name, one is told for each object: their number is the sender's to choose " +
    "(compare-violations.ts).",
  "no-date-no-today": "What is no date is not held against today as well (compare-violations.ts).",
  "errors-of-a-problem": "A problem names 32 errors at most, `maxItems` of the contract (check-answer.ts).",
  "unread-body": "A body that the operation does not take is not read, whatever it is (oracle/received.ts).",
  "host-without-words":
    "What an app's host refuses by itself (a key, an address, headers) has no body. The gateway words it (check-answer.ts).",
  echo:
    "What is stored comes back as it was sent, every member and none that was not, but for those that the server makes. " +
    "Moments come back in UTC with milliseconds, ids in lower case (check-echo.ts).",
  "canonical-form":
    "`Uuid` and `Timestamp` of the contract: the server writes ids in lower case and moments in UTC with milliseconds, in " +
    "whatever form they were sent (check-answer.ts).",
  page: "A page has at most `limit` items, or as many as the default of the contract says (check-page.ts).",
  stream:
    "The schema of `application/x-ndjson` is that of each line. Every line ends with a line feed, the last one too " +
    "(check-answer.ts). An export begins with its ledger and ends with a checkpoint, that which was asked for " +
    "(check-export.ts), and two of the same checkpoint are the same (compare-answers.ts).",
  "no-store":
    "Every answer of an app says `Cache-Control: no-store`; it says nothing about the resource (check-answer.ts).",
} as const;

/** Members that a client may send back as it read them, and the server makes: `PECULIARITIES.echo`. */
export const SERVER_MADE: ReadonlySet<string> = new Set(["id", "patientId", "lastUpdated"]);

function always(status: number): () => number {
  return () => status;
}

function takesBody({ body }: CheckedOperation): boolean {
  return body !== null;
}

function hasPath(operation: CheckedOperation): boolean {
  return parametersIn(operation, "path").length > 0;
}

function namesSomething(operation: CheckedOperation): boolean {
  return hasPath(operation) || operation.operationId in CHECKPOINTS;
}

function hasHeader(operation: CheckedOperation, header: string): boolean {
  return parametersIn(operation, "header").some(({ name }) => name === header);
}

function invalidPathStatus(parameters: CheckedOperation["parameters"]): number {
  return parameters.some(({ in: place, invalidStatus }) => place === "path" && invalidStatus !== 404)
    ? 400
    : 404;
}

function isUnreadable(segment: string): boolean {
  try {
    const text = decodeURIComponent(segment);
    return text === "." || text === ".." || text.includes("\0");
  } catch {
    return true;
  }
}
