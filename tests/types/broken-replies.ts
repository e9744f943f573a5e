import type { Reply } from "../../runtime/reply.ts";
import { CANARY } from "../support/canary.ts";
import type { ContractDocument, Place } from "../support/contract-document.ts";
import type { ExampleReply } from "./contract-examples.ts";

/** A reply with one fault that the compiler cannot see: it comes of values, not of what is written in the handler. */
export interface BrokenReply {
  readonly fault: string;
  readonly reply: Reply;
  /** The rule that has to be found, or one of two. */
  readonly rule: string | RegExp;
}

/**
 * The replies of an operation for one status, each with one fault.
 * @param schema of the body, in the contract
 */
export function brokenReplies(
  example: ExampleReply,
  schema: Place,
  document: ContractDocument,
): BrokenReply[] {
  return [...brokenHeads(example), ...brokenBodies(example, schema, document)];
}

/** A reply as its contract declares it. */
export function replyOf({ status, headers, body, isStreamed }: ExampleReply): Reply {
  return { status, headers, ...(body !== undefined && { body: isStreamed ? linesOf([body]) : body }) };
}

/** They can be read any number of times. */
function linesOf(values: readonly unknown[]): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]: () => ReadableStream.from(values)[Symbol.asyncIterator](),
  };
}

function brokenHeads(example: ExampleReply): BrokenReply[] {
  const reply = replyOf(example);
  const header = (name: string, value: string | undefined) => ({
    ...reply,
    headers: { ...reply.headers, [name]: value },
  });
  return [
    { fault: "an undeclared status", reply: { ...reply, status: 299 }, rule: "undeclared-status" },
    { fault: "an undeclared header", reply: header(`x-${CANARY}`, CANARY), rule: "undeclared-header" },
    {
      fault: "an undeclared media type",
      reply: header("content-type", "text/html"),
      rule: "undeclared-media-type",
    },
    ...example.requiredHeaders.map((name) => ({
      fault: `no ${name}`,
      reply: header(name, undefined),
      rule: "required",
    })),
    ...Object.keys(example.headers).map((name) => ({
      fault: `a long ${name}`,
      reply: header(name, CANARY.repeat(200)),
      rule: "maxLength",
    })),
  ];
}

function brokenBodies(example: ExampleReply, schema: Place, document: ContractDocument): BrokenReply[] {
  const { body: _body, ...others } = replyOf(example);
  const { body, isStreamed } = example;
  const broken = (fault: string, rule: BrokenReply["rule"], value: unknown): BrokenReply => ({
    fault,
    rule,
    reply: { ...others, body: value },
  });
  if (body === undefined) {
    const values = [{}, [], null, CANARY, 0, false];
    return values.map((value) => broken(`the body ${JSON.stringify(value)}`, "undeclared-body", value));
  }
  return [
    { fault: "no body", reply: others, rule: "required" },
    ...[null, CANARY, 7].map((value) => broken(`the body ${JSON.stringify(value)}`, "type", value)),
    ...brokenValues(body, schema, document).map(({ fault, rule, value }) =>
      // The first line is right: all that follow are looked at too.
      broken(fault, rule, isStreamed ? linesOf([body, value]) : value),
    ),
  ];
}

interface BrokenValue {
  readonly fault: string;
  readonly rule: string | RegExp;
  readonly value: unknown;
}

/** A value of another type breaks both rules of a list of values; which is found first is the validator's choice. */
const LISTED = /^(?:enum|type)$/;

/** A value with one fault: in itself, or in one of its members or items, however deep. */
function brokenValues(value: unknown, schema: Place, document: ContractDocument): BrokenValue[] {
  const alternatives = document.children(document.find(`${schema.pointer}/oneOf`));
  const [, chosen] = alternatives.find(([, one]) => isOfType(value, one, document)) ?? [];
  if (chosen) return brokenValues(value, chosen, document).map((one) => ({ ...one, rule: ALTERNATIVE }));
  if (Array.isArray(value)) return brokenLists(value, schema, document);
  if (typeof value === "object" && value !== null) return brokenObjects(value, schema, document);
  return brokenScalars(schema.value);
}

/** What fits none of several schemas breaks them all; which rule is named is the validator's choice. */
const ALTERNATIVE = /./;

/** Alternatives are told apart by their member `type`. */
function isOfType(value: unknown, { pointer }: Place, document: ContractDocument): boolean {
  const { enum: types } = document.find(`${pointer}/properties/type`).value;
  return typeof value === "object" && value !== null && "type" in value && listed(types).includes(value.type);
}

function listed(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : [values];
}

function brokenLists(list: readonly unknown[], schema: Place, document: ContractDocument): BrokenValue[] {
  const [first] = list;
  const items = document.find(`${schema.pointer}/items`);
  const tooMany = Array.from({ length: Number(schema.value.maxItems) + 1 }, () => first);
  return [
    { fault: "a list that is too long", rule: "maxItems", value: tooMany },
    ...brokenValues(first, items, document).map((one) => ({ ...one, value: [...list, one.value] })),
  ];
}

function brokenObjects(object: object, schema: Place, document: ContractDocument): BrokenValue[] {
  const members = Object.entries(object);
  const required = schema.value.required as readonly string[];
  return [
    {
      fault: "an undeclared property",
      rule: "additionalProperties",
      value: { ...object, [CANARY]: CANARY },
    },
    ...required.map((name) => ({
      fault: `no ${name}`,
      rule: "required",
      value: Object.fromEntries(members.filter(([key]) => key !== name)),
    })),
    ...members.flatMap(([name, member]) =>
      brokenValues(member, document.find(`${schema.pointer}/properties/${name}`), document).map((one) => ({
        fault: `${one.fault} in ${name}`,
        rule: one.rule,
        value: { ...object, [name]: one.value },
      })),
    ),
  ];
}

function brokenScalars({ enum: values, maxLength, maximum, type }: Place["value"]): BrokenValue[] {
  const other = listed(type).includes("string") ? 7 : CANARY;
  if (values !== undefined) return [{ fault: "a value that is not of the list", rule: LISTED, value: other }];
  return [
    { fault: "another type", rule: "type", value: other },
    ...(typeof maxLength === "number"
      ? [{ fault: "a text that is too long", rule: "maxLength", value: "c".repeat(maxLength + 1) }]
      : []),
    ...(typeof maximum === "number"
      ? [{ fault: "a number that is too large", rule: "maximum", value: maximum + 1 }]
      : []),
  ];
}
