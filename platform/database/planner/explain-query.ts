import type { Collection } from "../store/collection.ts";
import { namespaceOf } from "../store/collection.ts";
import type { DocumentStore } from "../store/document-store.ts";
import type { Document } from "../values/document.ts";
import type { Plan } from "./plan-query.ts";
import { planQuery } from "./plan-query.ts";
import type { Examined, Query } from "./run-query.ts";
import { executePlan } from "./run-query.ts";

/** Runs a query and tells how: the winning plan, and how many keys and documents it looked at. */
export function explainQuery(store: DocumentStore, collection: Collection, query: Query): Document {
  const plan = planQuery(collection, query.filter, query.sort, query.hint);
  const examined: Examined = { keys: 0, documents: 0 };
  const nReturned = Array.from(executePlan(store, collection, query, plan, examined)).length;
  return {
    explainVersion: "1",
    queryPlanner: {
      namespace: namespaceOf(collection),
      winningPlan: describe(plan, collection),
      rejectedPlans: [],
    },
    executionStats: {
      executionSuccess: true,
      nReturned,
      totalKeysExamined: examined.keys,
      totalDocsExamined: examined.documents,
    },
    ok: 1,
  };
}

function describe(plan: Plan, collection: Collection): Document {
  const source = plan.index ? describeScan(plan) : { stage: "COLLSCAN", direction: "forward" };
  return plan.sorted ? source : { stage: "SORT", inputStage: source, namespace: namespaceOf(collection) };
}

function describeScan({ index, ranges, reverse }: Plan): Document {
  return {
    stage: "FETCH",
    inputStage: {
      stage: "IXSCAN",
      indexName: index?.name,
      keyPattern: index?.key,
      isMultiKey: index?.multikey,
      isUnique: index?.unique,
      direction: reverse ? "backward" : "forward",
      ranges: ranges.length,
    },
  };
}
