import type { ExampleOperation, ExampleReply } from "./contract-examples.ts";

/** The members of a reply as they are written in a handler; one that is absent is not written. */
export interface WrittenReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** Whether the body is that of a line. */
  readonly isStreamed?: boolean;
}

/** A reply as its contract declares it. Headers are written where there are any. */
export function written({ status, headers, body, isStreamed }: ExampleReply): WrittenReply {
  return {
    status,
    isStreamed,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body !== undefined && { body }),
  };
}

/** A handler that returns a reply, written out: each member of the reply, its headers and its body is a line of its own. */
export function returning(
  operation: ExampleOperation,
  { status, headers, body, isStreamed = false }: WrittenReply,
): string {
  const members = [
    ...(status === undefined ? [] : [`    status: ${status},`]),
    ...(headers === undefined ? [] : ["    headers: {", ...memberLines(headers), "    },"]),
    ...(body === undefined ? [] : isStreamed ? streamLines(body) : bodyLines(body)),
  ];
  return handler(operation, "()", ["return {", ...members, "};"]);
}

/** A handler that reads something of its request, `path.patientId`. */
export function reading(operation: ExampleOperation, expression: string): string {
  return handler(operation, "(request)", [`throw new Error(String(request.${expression}));`]);
}

/** The handlers of an API, bound. */
export function binding(api: string, operationIds: readonly string[]): string {
  return [
    `import type { Handlers } from "../../generated/${api}/types.ts";`,
    "declare const every: Handlers<object>;",
    "export const handlers: Handlers<object> = {",
    ...operationIds.map((id) => `  ${id}: every.${id},`),
    "};",
  ].join("\n");
}

function handler(
  { api, operationId }: ExampleOperation,
  parameters: string,
  body: readonly string[],
): string {
  return [
    `import type { Handlers, Reply } from "../../generated/${api}/types.ts";`,
    `type Handler = Handlers<object>["${operationId}"];`,
    `export type Line = Reply<"${operationId}">["body"] extends AsyncIterable<infer One> ? One : never;`,
    `export const handler: Handler = async ${parameters}: Promise<Reply<"${operationId}">> => {`,
    ...body.map((line) => `  ${line}`),
    "};",
  ].join("\n");
}

function bodyLines(body: unknown): string[] {
  if (Array.isArray(body)) return ["    body: [", ...body.flatMap(itemLines), "    ],"];
  if (typeof body !== "object" || body === null) return [`    body: ${JSON.stringify(body)},`];
  return ["    body: {", ...memberLines(body), "    },"];
}

/** A generator says what it yields, as handlers do what they return. */
function streamLines(body: unknown): string[] {
  if (typeof body !== "object" || body === null) return bodyLines(body);
  return [
    "    body: (async function* (): AsyncGenerator<Line> {",
    "      yield {",
    ...memberLines(body),
    "      };",
    "    })(),",
  ];
}

function itemLines(item: object): string[] {
  return ["      {", ...memberLines(item), "      },"];
}

function memberLines(value: object): string[] {
  return Object.entries(value).map(
    ([name, member]) => `      ${JSON.stringify(name)}: ${JSON.stringify(member)},`,
  );
}
