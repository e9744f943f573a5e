import { isList } from "../../generator/load/json.ts";
import { parametersIn } from "./contract/operation.ts";
import { join, valueAt } from "./contract/pointer.ts";
import type { Disagreement } from "./disagreement.ts";
import type { Received } from "./oracle/received.ts";
import type { Answer } from "./parts/answer.ts";

/** Holds a page of a list against its `limit`: that which was sent, or the default of the contract. */
export function checkPage({ operation, parameters }: Received, { body }: Answer): Disagreement[] {
  const limit = parametersIn(operation, "query").find(({ name }) => name === "limit");
  if (!limit || !isList(body)) return [];
  const most = parameters.query.limit ?? valueAt(operation.document, join(limit.schema, "default"));
  if (typeof most !== "number" || body.length <= most) return [];
  return [
    {
      rule: "handler-validator",
      pointer: limit.pointer,
      message: "page: more items were answered than the limit",
    },
  ];
}
