import type { Json } from "../../generator/load/json.ts";
import type { OperationDefinition } from "../../runtime/operation.ts";
import { describe, difference, fromOracle, fromValidator, type BrokenRule } from "./compare-violations.ts";
import { requestLocations } from "./contract/locations.ts";
import { membersOf } from "./contract/pointer.ts";
import type { CheckedOperation } from "./contract/operation.ts";
import type { Disagreement } from "./disagreement.ts";
import type { Received } from "./oracle/received.ts";

/** Holds the generated validator of an operation against the oracle, about one request: rule by rule, not only by yes and no. */
export function checkValidator({ validateRequest }: OperationDefinition, received: Received): Disagreement[] {
  const admits = validateRequest(candidateOf(received));
  const found = admits ? [] : fromValidator(validateRequest.errors ?? []);
  const expected = fromOracle(received.violations);
  const { operation } = received;
  const missed = difference(expected, found).map((rule) => ({
    rule: "validator-oracle" as const,
    pointer: pointerOf(rule, operation),
    message: `the generated validator does not see ${describe(rule)}, which the schema refuses`,
  }));
  const invented = difference(found, expected).map((rule) => ({
    rule: "validator-oracle" as const,
    pointer: pointerOf(rule, operation),
    message: `the generated validator refuses ${describe(rule)}, which the schema admits`,
  }));
  return [...missed, ...invented];
}

/** The request as generated validators take it. */
function candidateOf({ parameters, body, today }: Received): Record<string, unknown> {
  const { path, query, header, hasUnknownQuery } = parameters;
  const unknown: Record<string, Json> = hasUnknownQuery ? { [UNKNOWN]: "" } : {};
  const candidate = { path, query: { ...query, ...unknown }, headers: header, today };
  return body === undefined ? candidate : { ...candidate, body };
}

const UNKNOWN = "no parameter of any contract";

/** The rule in the contract; what stands nearest to it when the contract has no such rule. */
export function pointerOf(
  { part, name, instance, keyword, missing }: BrokenRule,
  operation: CheckedOperation,
): string {
  const members = membersOf(instance).map((member) => (/^\d+$/.test(member) ? "*" : member));
  const parameter = name || missing;
  const location = requestLocations(operation).find(
    (one) =>
      one.part === part &&
      (part === "body" || one.name === parameter) &&
      one.members.length === members.length &&
      one.members.every((member, index) => member === members[index]),
  );
  const rule = location?.schema.rules.find((one) => one.keyword === keyword);
  return rule?.pointer ?? location?.schema.place[0] ?? operation.pointer;
}
