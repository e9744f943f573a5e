import { onDocument } from "./visiting/on.ts";
import { operationsOf, type Operation } from "./visiting/operation.ts";
import type { Spot } from "./visiting/spot.ts";

/**
 * What is created, what replaces and what is read are three schemas: `PatientCreate`, `PatientReplace`, `Patient`. One for
 * all would make the id that the server gives optional for those who read it.
 */
export const schemaPerUse = onDocument((document) => {
  const operations = operationsOf(document);
  const answered = new Set(
    operations
      .flatMap(({ responses }) => responses.flatMap(([, response]) => bodySchemas(response)))
      .map(keyOf),
  );
  for (const operation of operations) {
    for (const schema of bodySchemas(operation.spot.at("requestBody"))) checkUse(operation, schema, answered);
  }
});

function checkUse(operation: Operation, schema: Spot, answered: ReadonlySet<string>): void {
  const name = schema.component;
  if (name === undefined) return;
  const ending = endingOf(operation);
  const media = operation.spot.at("requestBody", "content");
  if (answered.has(keyOf(schema)))
    media.report(`${name} is also answered with: what is sent has a schema of its own`);
  else if (ending !== undefined && !name.endsWith(ending))
    media.report(`the schema is called <resource>${ending}, not ${name}`);
}

function endingOf({ method, responses }: Operation): string | undefined {
  if (method === "put") return "Replace";
  return method === "post" && responses.some(([status]) => status === "201") ? "Create" : undefined;
}

function bodySchemas(owner: Spot): Spot[] {
  return owner
    .at("content")
    .members()
    .map(([, media]) => media.at("schema"))
    .filter(({ exists }) => exists);
}

function keyOf({ location }: Spot): string {
  return `${location.source.absoluteRef}${location.pointer}`;
}
