import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { editWard } from "../fixtures/project.ts";
import type { Json } from "../load/json.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import { emitImports } from "./emit-imports.ts";
import { arbitrarySchema } from "./fixtures/arbitrary-schema.ts";
import { emitWardImports } from "./fixtures/emit-ward-imports.ts";
import { lowerAlone } from "./fixtures/lower-alone.ts";

const project = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "specimen-imports-"));
const complaints = new Map<string, string[]>();

/** A ward in which everything that 3.0.3 says otherwise is said. */
const RICH = editWard(
  "kind: { const: bed }",
  `kind: { const: bed }
        any: { type: [string, array, "null"], maxLength: 3 }
        none: { type: "null" }
        either: { oneOf: [{ $ref: "#/components/schemas/Bed" }, { type: "null" }] }
        range: { type: number, exclusiveMinimum: 0, exclusiveMaximum: 9.5, multipleOf: 0.5 }
        pair: { type: array, prefixItems: [{ type: string }], items: false, contains: { const: a } }
        map: { type: object, patternProperties: { ^a: true }, additionalProperties: false }
        choice: { if: { type: string }, then: { minLength: 1 }, else: { not: { if: true } } }
        described: { $ref: shared/schemas.yaml#/Id, description: An id., examples: [a, b] }`,
);

/** The schemas, in a document of their own. */
function documentOf(schemas: readonly Json[]): string {
  const named = Object.fromEntries(schemas.map((schema, index) => [`S${index}`, schema]));
  return JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Schemas", version: "1" },
    paths: {},
    components: { schemas: { ...named, Weak: {} } },
  });
}

beforeAll(async () => {
  const documents = [...emitImports(buildModel(new Sources(project)))]
    .filter(({ path }) => path.endsWith("/import.json"))
    .map(({ path, content }): [string, string] => [path.split("/").at(-2) ?? "", content]);
  const schemas = fc.sample(arbitrarySchema, { numRuns: 300, seed: 303 });
  const lowered = documentOf(schemas.map((schema) => lowerAlone(schema).schema));
  await lint([
    ...documents,
    ["ward", emitWardImports(RICH).get("apim/apis/ward/import.json") ?? ""],
    ["schemas", lowered],
    ["broken", documentOf([{ type: ["string", "null"] }, { exclusiveMinimum: 1 }, { const: 1 }])],
  ]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** Redocly's rule `struct` is the specification's own schema of a document; nothing else is asked. */
async function lint(documents: readonly [string, string][]): Promise<void> {
  for (const [name, content] of documents) writeFileSync(join(folder, `${name}.json`), content);
  writeFileSync(join(folder, "redocly.yaml"), "rules:\n  struct: error\n  no-unresolved-refs: error\n");
  const files = documents.map(([name]) => `${name}.json`);
  const cli = join(project, "node_modules/@redocly/cli/bin/cli.js");
  const run = promisify(execFile)(
    process.execPath,
    [cli, "lint", "--format=json", "--max-problems=1000", ...files],
    {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: "off" },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const stdout: string = await run.then(
    (done) => done.stdout,
    (failure: unknown) => (failure as { stdout: string }).stdout,
  );
  // It prints one JSON document for each file, one after the other.
  const reports = JSON.parse(`[${stdout.replaceAll(/^\}\s*\{/gm, "},{")}]`);
  expect(reports).toHaveLength(documents.length);
  for (const [index, [name]] of documents.entries()) {
    const problems: readonly Problem[] = reports[index].problems;
    complaints.set(
      name,
      problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0].pointer} ${message}`),
    );
  }
}

interface Problem {
  readonly ruleId: string;
  readonly message: string;
  readonly location: readonly [{ readonly pointer: string }];
}

describe("Redocly, which knows the specification by itself, finds a valid OpenAPI 3.0.3 document in", () => {
  it.each(["patient", "audit"])("the import document of %s", (name) => {
    expect(complaints.get(name)).toEqual([]);
  });

  it("that of a contract with everything that 3.0.3 says otherwise", () => {
    expect(complaints.get("ward")).toEqual([]);
  });

  it("whatever schemas are lowered to", () => {
    expect(complaints.get("schemas")).toEqual([]);
  });

  it("not in 3.1 that calls itself 3.0.3", () => {
    expect(complaints.get("broken")?.length).toBeGreaterThanOrEqual(3);
  });
});
