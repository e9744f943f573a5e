import type { ContractDocument, Place } from "../support/contract-document.ts";
import { follow } from "./contract-examples.ts";
import type { ExampleOperation } from "./contract-examples.ts";

/** The schema of a body that an app takes or makes, where it is used. */
export interface BodySchema {
  readonly operationId: string;
  /** `request`, or a status. */
  readonly use: string;
  /** The name of the schema; `undefined` when it is written in place. */
  readonly name: string | undefined;
  readonly schema: Place;
}

/** The bodies of an operation. Refusals of the gateway are not the app's. */
export function bodySchemas(
  document: ContractDocument,
  { operationId, path, method }: ExampleOperation,
): BodySchema[] {
  const operation = `/paths/${path.replaceAll("/", "~1")}/${method}`;
  const owners: readonly [string, Place][] = [
    ["request", follow(document, `${operation}/requestBody`)],
    ...document.children(follow(document, `${operation}/responses`)),
  ];
  return owners
    .flatMap(([use, owner]) => contentsOf(document, owner).map((media) => [use, media] as const))
    .map(([use, media]) => ({
      operationId,
      use,
      name: nameOf(media.value.schema),
      schema: document.find(`${media.pointer}/schema`),
    }))
    .filter(({ name }) => name !== "GatewayError");
}

function contentsOf(document: ContractDocument, { pointer }: Place): Place[] {
  return document.children(document.find(`${pointer}/content`)).map(([, media]) => media);
}

function nameOf(schema: unknown): string | undefined {
  const isReference = typeof schema === "object" && schema !== null && "$ref" in schema;
  return isReference ? /^#\/components\/schemas\/(\w+)$/.exec(String(schema.$ref))?.[1] : undefined;
}

/** What a schema is made of, itself included, each once, however deep. */
export function partsOf(
  document: ContractDocument,
  schema: Place,
  known = new Map<string, Place>(),
): Place[] {
  if (known.has(schema.pointer)) return [];
  known.set(schema.pointer, schema);
  const nested = ["properties", "allOf", "anyOf", "oneOf"].flatMap((keyword) =>
    document.children(document.find(`${schema.pointer}/${keyword}`)),
  );
  const direct = document
    .children(schema)
    .filter(([keyword]) => ["items", "additionalProperties"].includes(keyword));
  for (const [, part] of [...nested, ...direct]) partsOf(document, part, known);
  return [...known.values()];
}
