import { beforeAll, describe, expect, it } from "@jest/globals";
import { compile } from "./compile.ts";
import type { CompilerError } from "./compile.ts";
import { apis, exampleOperations } from "./contract-examples.ts";
import { binding, reading, returning, written } from "./handler-source.ts";
import { wrongHandlers } from "./wrong-handlers.ts";

const operations = apis.flatMap(exampleOperations);
const operationIds = (api: string) => exampleOperations(api).map(({ operationId }) => operationId);

/** Sources that have to compile, and sources with one fault and what is on its line; by name. */
const right = new Map<string, string>();
const wrong = new Map<string, { readonly source: string; readonly at: string }>();

for (const operation of operations) {
  const { operationId, pathParameters, queryParameters } = operation;
  for (const reply of operation.replies) {
    right.set(`${operationId} returns ${reply.status}`, returning(operation, written(reply)));
  }
  for (const name of Object.keys(pathParameters))
    right.set(`${operationId} reads ${name}`, reading(operation, `path.${name}`));
  for (const name of queryParameters)
    right.set(`${operationId} reads ${name}`, reading(operation, `query.${name}`));
  for (const { fault, ...one } of wrongHandlers(operation)) wrong.set(`${operationId} ${fault}`, one);
}
for (const api of apis) {
  const [left = "", ...others] = operationIds(api);
  right.set(`${api} binds every handler`, binding(api, [left, ...others]));
  wrong.set(`${api} lacks a handler`, { source: binding(api, others), at: "handlers: Handlers" });
  const source = binding(api, [left, ...others]).replace("};", `  undeclared: every.${left},\n};`);
  wrong.set(`${api} has a handler of nothing`, { source, at: "undeclared:" });
}

// The reason for the return types that all handlers have. When this one does not compile, they are not needed any more.
right.set(
  "a handler without a return type, whatever it returns beside what is declared",
  `import type { Handlers } from "../../generated/patient/types.ts";
declare const body: Awaited<ReturnType<Handlers<object>["updatePatient"]>>["body"];
export const handler: Handlers<object>["updatePatient"] = async () => ({
  status: 200,
  headers: { etag: "1", undeclared: "1" },
  body: { ...body, undeclared: 1 },
});`,
);

let errors: ReadonlyMap<string, readonly CompilerError[]>;

beforeAll(() => {
  const sources = [...right, ...[...wrong].map(([name, { source }]) => [name, source] as const)];
  errors = compile(new Map(sources));
});

/** Generated types promise that a handler's mistakes do not compile. One program compiles a handler for each of them. */
describe("a handler", () => {
  it("is tried with every operation of both APIs, and with every status that it may answer", () => {
    expect([operations.length, right.size, wrong.size].map((count) => count > 10)).toEqual([
      true,
      true,
      true,
    ]);
    for (const { operationId, replies } of operations)
      expect([operationId, replies.length > 0]).toEqual([operationId, true]);
  });

  it.each([...right.keys()])("compiles: %s", (name) => {
    expect(errors.get(name)).toEqual([]);
  });

  it.each([...wrong])("does not compile: %s", (name, { source, at }) => {
    const line = source.split("\n").findIndex((one) => one.includes(at)) + 1;
    expect(line).toBeGreaterThan(0);
    expect(errors.get(name)).toEqual([{ line, code: expect.any(Number), message: expect.any(String) }]);
  });
});
