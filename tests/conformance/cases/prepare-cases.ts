import type { Json } from "../../../generator/load/json.ts";
import { requestLocations } from "../contract/locations.ts";
import type { CheckedOperation } from "../contract/operation.ts";
import type { PublishedContract } from "../contract/read-contracts.ts";
import { deletersOf } from "../fixtures/deleters-of.ts";
import { todayAnywhere } from "../oracle/calendar.ts";
import { SchemaOracle } from "../oracle/schema-oracle.ts";
import { planCases, type Plan } from "./plan.ts";
import { Values } from "./values.ts";

/** The contracts with all that is worked out from them alone: it serves any number of runs. */
export interface PreparedCases {
  readonly contracts: readonly PublishedContract[];
  readonly oracle: SchemaOracle;
  values(api: string): Values;
  plan(operation: CheckedOperation): Plan;
}

/** @throws when a published document is no valid OpenAPI 3.1 */
export async function prepareCases(contracts: readonly PublishedContract[]): Promise<PreparedCases> {
  const today = todayAnywhere(new Date());
  const documents = new Map(contracts.map(({ api, document }) => [api, document]));
  const schemas = new Map(
    contracts.map(({ api, operations }) => [api, new Set(operations.flatMap(schemasOf))]),
  );
  const oracle = await SchemaOracle.of(documents, (api) => schemas.get(api) ?? []);
  const values = new Map(
    contracts.map(({ api, document }) => {
      const accepts = (place: readonly string[], value: Json) =>
        place.every((pointer) => oracle.accepts(api, pointer, value, today));
      return [api, new Values(document, accepts)];
    }),
  );
  const valuesOf = (api: string) => {
    const found = values.get(api);
    if (!found) throw new Error(`there is no contract ${api}`);
    return found;
  };
  const plans = new Map<CheckedOperation, Plan>();
  return {
    contracts,
    oracle,
    values: valuesOf,
    plan(operation) {
      const known = plans.get(operation) ?? makePlan(operation, contracts, valuesOf(operation.api), today);
      plans.set(operation, known);
      return known;
    },
  };
}

function makePlan(
  operation: CheckedOperation,
  contracts: readonly PublishedContract[],
  values: Values,
  today: string,
): Plan {
  const siblings = contracts.find(({ api }) => api === operation.api)?.operations ?? [];
  const gone = deletersOf(operation, siblings).map(({ operationId }) => operationId);
  return planCases(operation, values, today, gone);
}

/** The schemas of an operation's requests, each property of its own, and those of its answers. */
function schemasOf(operation: CheckedOperation): string[] {
  const responses = [...operation.responses.values()];
  return [
    ...requestLocations(operation).flatMap(({ schema }) => schema.place),
    ...responses.flatMap(({ headers, contents }) => [...headers, ...contents].map(({ schema }) => schema)),
  ];
}
