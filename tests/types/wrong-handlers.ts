import type { ExampleOperation, ExampleReply } from "./contract-examples.ts";
import { reading, returning, written } from "./handler-source.ts";
import type { WrittenReply } from "./handler-source.ts";

/** The source of a handler with one fault. */
export interface WrongHandler {
  readonly fault: string;
  readonly source: string;
  /** What is on the line where the compiler has to see it, and on none before. */
  readonly at: string;
}

/** A reply with one fault. */
interface WrongReply {
  readonly fault: string;
  readonly reply: WrittenReply;
  readonly at: string;
}

/** The handlers of an operation, each with one fault that the compiler has to see. */
export function wrongHandlers(operation: ExampleOperation): WrongHandler[] {
  const replies = operation.replies.flatMap((example) =>
    [...wrongStatuses(example), ...wrongHeaders(example), ...wrongBodies(example)].map(
      ({ fault, reply, at }) => ({
        fault: `returns ${fault} with ${example.status}`,
        source: returning(operation, reply),
        at,
      }),
    ),
  );
  return [...replies, ...wrongReads(operation)];
}

function wrongStatuses(example: ExampleReply): WrongReply[] {
  const { status: _status, ...others } = written(example);
  return [
    { fault: "an undeclared status", reply: { ...others, status: 299 }, at: "status: 299" },
    { fault: "no status", reply: others, at: "return {" },
  ];
}

function wrongHeaders(example: ExampleReply): WrongReply[] {
  const [reply, { headers, requiredHeaders }] = [written(example), example];
  const isDeclared = Object.keys(headers).length > 0;
  const [required] = requiredHeaders;
  return [
    {
      fault: "an undeclared header",
      reply: { ...reply, headers: { ...headers, "x-undeclared": "1" } },
      at: isDeclared ? '"x-undeclared"' : "headers: {",
    },
    ...(required === undefined
      ? []
      : [
          {
            fault: "no required header",
            reply: { ...reply, headers: without(headers, required) },
            at: "headers: {",
          },
          {
            fault: "a header of another type",
            reply: { ...reply, headers: { ...headers, [required]: 3 } },
            at: `"${required}": 3`,
          },
        ]),
  ];
}

function wrongBodies(example: ExampleReply): WrongReply[] {
  const { body, ...others } = written(example);
  if (body === undefined) return [{ fault: "a body", reply: { ...others, body: {} }, at: "body: {" }];
  const [first = ""] = Object.keys(itemOf(body));
  const change = (changed: (item: object) => object) => ({ ...others, body: withItem(body, changed) });
  return [
    { fault: "no body", reply: others, at: "return {" },
    { fault: "a body of another type", reply: { ...others, body: "text" }, at: "body: " },
    {
      fault: "an undeclared property",
      reply: change((item) => ({ ...item, undeclared: 1 })),
      at: '"undeclared": 1',
    },
    {
      fault: "no required property",
      reply: change((item) => without(item, first)),
      at: example.isStreamed ? "yield {" : Array.isArray(body) ? "      {" : "body: {",
    },
    {
      fault: "a property of another type",
      reply: change((item) => ({ ...item, [first]: {} })),
      at: `"${first}": {}`,
    },
  ];
}

function wrongReads(operation: ExampleOperation): WrongHandler[] {
  return ["path.undeclared", "query.undeclared", 'headers["x-undeclared"]', "body.undeclared"].map(
    (expression) => ({
      fault: `reads ${expression}`,
      source: reading(operation, expression),
      at: expression,
    }),
  );
}

function itemOf(body: unknown): object {
  const item: unknown = Array.isArray(body) ? body[0] : body;
  return typeof item === "object" && item !== null ? item : {};
}

function withItem(body: unknown, change: (item: object) => object): unknown {
  const changed = change(itemOf(body));
  return Array.isArray(body) ? [changed] : changed;
}

function without(value: object, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
