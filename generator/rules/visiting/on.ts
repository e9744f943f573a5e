import { operationsOf, type Operation } from "./operation.ts";
import type { LintRule } from "./redocly.ts";
import { Spot } from "./spot.ts";

/** A rule about a contract as a whole. */
export function onDocument(check: (document: Spot) => void): LintRule {
  return () => ({ Root: (node, context) => check(new Spot(node, context.location, context)) });
}

/** A rule about each operation. */
export function onOperations(check: (operation: Operation, document: Spot) => void): LintRule {
  return onDocument((document) => {
    for (const operation of operationsOf(document)) check(operation, document);
  });
}

/** A rule about each schema, wherever it is used; a schema that is used often is looked at once. */
export function onSchemas(check: (schema: Spot) => void): LintRule {
  return () => ({ Schema: (node, context) => check(new Spot(node, context.location, context)) });
}
