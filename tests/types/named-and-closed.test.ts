import { describe, expect, it } from "@jest/globals";
import type { Place } from "../support/contract-document.ts";
import { bodySchemas, partsOf } from "./body-schemas.ts";
import { apis, bundledContract, exampleOperations } from "./contract-examples.ts";

const contracts = apis.map((api) => {
  const document = bundledContract(api);
  const bodies = exampleOperations(api).flatMap((operation) => bodySchemas(document, operation));
  return { api, document, bodies };
});

describe.each(contracts)("the bodies of the $api API", ({ document, bodies }) => {
  const requests = bodies.filter(({ use }) => use === "request");
  const answers = bodies.filter(({ use }) => use !== "request");

  it("have a named schema each", () => {
    expect([requests.length, answers.length].map((count) => count > 1)).toEqual([true, true]);
    expect(bodies.filter(({ name }) => name === undefined)).toEqual([]);
  });

  it("have one for each use: what is created, what replaces it, what is read", () => {
    const asked = requests.map(({ name }) => name);
    expect(new Set(asked).size).toBe(asked.length);
    const identified = (some: typeof bodies) =>
      new Set(some.flatMap(({ schema }) => partsOf(document, schema).filter(isResource).map(pointerOf)));
    const read = identified(answers);
    expect(read.size).toBeGreaterThan(0);
    expect([...identified(requests)].filter((pointer) => read.has(pointer))).toEqual([]);
  });

  // The pointer of a fault is made of the names on the way to a value: they must be the contract's, not the data's.
  it("hold nothing in an answer that the contract does not name", () => {
    const parts = answers.flatMap(({ schema }) => partsOf(document, schema));
    expect(parts.filter(isOpen).map(pointerOf)).toEqual([]);
  });
});

function pointerOf({ pointer }: Place): string {
  return pointer;
}

/** What the server gives an id and a time is a resource; what it holds may look the same however it is used. */
function isResource({ value }: Place): boolean {
  const names = Object.keys(value.properties ?? {});
  return names.includes("id") && ["lastUpdated", "createdDate"].some((name) => names.includes(name));
}

/** An object that may have other members than its own, or a value of any kind. */
function isOpen({ value }: Place): boolean {
  const { type, properties, additionalProperties, unevaluatedProperties, patternProperties } = value;
  const isObject = properties !== undefined || [type].flat().includes("object");
  const isClosed = additionalProperties === false || unevaluatedProperties === false;
  if (isObject) return !isClosed || patternProperties !== undefined;
  return (
    type === undefined && !["enum", "const", "allOf", "anyOf", "oneOf"].some((keyword) => keyword in value)
  );
}
