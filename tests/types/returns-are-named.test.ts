import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { apis, exampleOperations } from "./contract-examples.ts";

const project = join(import.meta.dirname, "../..");

interface WrittenHandler {
  readonly operationId: string;
  /** What stands between its parameters and its arrow. */
  readonly returns: string | undefined;
}

/** Without, the compiler sees no undeclared member (`does-not-compile.test.ts` shows it). */
describe("the handlers", () => {
  it.each(apis)("of the %s API name what they return", (api) => {
    const files = globSync(`handlers/${api}/*.ts`, { cwd: project });
    const found = files.flatMap((file) => handlersIn(readFileSync(join(project, file), "utf8")));
    const expected = exampleOperations(api).map(({ operationId }) => ({
      operationId,
      returns: `Promise<Reply<"${operationId}">>`,
    }));
    expect(found.sort(byId)).toEqual(expected.sort(byId));
  });
});

/** `export const getPatient: PatientHandlers["getPatient"] = async (…): Promise<Reply<"getPatient">> => …` */
function handlersIn(text: string): WrittenHandler[] {
  const source = ts.createSourceFile("handler.ts", text, ts.ScriptTarget.Latest);
  return source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .flatMap(({ type, initializer }) => {
      const operationId = type && /^\w*Handlers\["(\w+)"\]$/.exec(type.getText(source))?.[1];
      if (operationId === undefined || !initializer || !ts.isArrowFunction(initializer)) return [];
      return [{ operationId, returns: initializer.type?.getText(source) }];
    });
}

function byId(one: WrittenHandler, other: WrittenHandler): number {
  return one.operationId < other.operationId ? -1 : 1;
}
