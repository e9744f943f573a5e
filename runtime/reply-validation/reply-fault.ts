import type { OperationDefinition, ResponseDefinition, ValidatorError } from "../operation.ts";
import type { Reply } from "../reply.ts";
import { contentTypeOf } from "../serialise.ts";
import { contentPointer, responsesPointer, schemaPointer } from "./contract-pointer.ts";

/** How an answer breaks the contract. Every member is the contract's or the operation's; none is of the answer's data. */
export interface ReplyFault {
  readonly operationId: string;
  readonly status: number;
  /** The JSON Schema keyword that is broken, or what the contract does not declare: `undeclared-header`. */
  readonly rule: string;
  /** Where the rule is in the contract: a JSON pointer that goes through references, header names in lower case. */
  readonly pointer: string;
}

/**
 * Holds an answer against the contract: its status, headers, media type and body.
 * @param today as `YYYY-MM-DD`, for dates that must not be after it
 * @returns the first fault, or `null` when there is none
 */
export function findReplyFault(
  reply: Reply,
  operation: OperationDefinition,
  today: string,
): ReplyFault | null {
  const found = findRule(reply, operation, today);
  if (!found) return null;
  const { operationId } = operation;
  const pointer = responsesPointer(operation) + found.place;
  return { operationId, status: reply.status, rule: found.rule, pointer };
}

/** A rule, and its place among the operation's responses. */
interface BrokenRule {
  readonly rule: string;
  readonly place: string;
}

function findRule(reply: Reply, { responses }: OperationDefinition, today: string): BrokenRule | null {
  const definition = responses[String(reply.status)];
  if (!definition) return { rule: "undeclared-status", place: "" };
  return contentFault(reply, definition) ?? schemaFault(reply, definition, today);
}

function contentFault(reply: Reply, { contentType }: ResponseDefinition): BrokenRule | null {
  const { status, body } = reply;
  if (body !== undefined && contentType === null) return { rule: "undeclared-body", place: `/${status}` };
  const sent = contentTypeOf(reply);
  if (sent === undefined || sent === contentType || mediaTypeOf(sent) === contentType) return null;
  return { rule: "undeclared-media-type", place: `/${status}/content` };
}

function schemaFault(
  { status, headers = {}, body }: Reply,
  { contentType, validate }: ResponseDefinition,
  today: string,
): BrokenRule | null {
  const own = "content-type" in headers ? withoutContentType(headers) : headers;
  if (validate(body === undefined ? { headers: own, today } : { headers: own, body, today })) return null;
  const [first] = validate.errors ?? [];
  const { rule, place } = first ? ruleOf(first, contentType) : { rule: "unknown", place: "" };
  return { rule, place: `/${status}${place}` };
}

/** The media type is declared by the name of the response's content, not among its headers. */
function withoutContentType(headers: NonNullable<Reply["headers"]>): NonNullable<Reply["headers"]> {
  const { "content-type": _declared, ...own } = headers;
  return own;
}

/** The validators take `{ headers, body }`; an instance path says which of the two broke the rule. */
function ruleOf({ instancePath, keyword, params }: ValidatorError, contentType: string | null): BrokenRule {
  const [, part = "body", ...inside] = instancePath.split("/");
  if (part === "body") return { rule: keyword, place: contentPointer(contentType) + schemaPointer(inside) };
  if (keyword === "additionalProperties") return { rule: "undeclared-header", place: "/headers" };
  const missing = typeof params.missingProperty === "string" ? params.missingProperty : "";
  return { rule: keyword, place: `/headers/${inside[0] ?? missing}` };
}

/** Without parameters (RFC 9110, 8.3.1). */
function mediaTypeOf(contentType: string): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}
