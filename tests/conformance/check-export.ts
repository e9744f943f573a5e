import { isObject, type Json } from "../../generator/load/json.ts";
import type { Disagreement } from "./disagreement.ts";
import type { Received } from "./oracle/received.ts";
import { linesOf, parsed, type Answer } from "./parts/answer.ts";

/** Holds an export against what its operation says of it: `expectations.ts`, `PECULIARITIES.stream`. */
export function checkExport({ operation, parameters }: Received, answer: Answer): Disagreement[] {
  if (operation.operationId !== "exportAuditRecords") return [];
  const lines = linesOf(answer) ?? [];
  const [first, last] = [lines.at(0), lines.at(-1)].map((line) => parsed(line ?? ""));
  const { checkpoint } = parameters.query;
  const isWhole =
    typeOf(first) === "ledger" &&
    typeOf(last) === "checkpoint" &&
    (checkpoint === undefined || (isObject(last) && last.sequence === checkpoint));
  if (isWhole) return [];
  const message = "export: it does not begin with its ledger and end with the checkpoint that was asked for";
  return [{ rule: "handler-validator", pointer: operation.pointer, message }];
}

function typeOf(line: Json | undefined): Json | undefined {
  return isObject(line) ? line.type : undefined;
}
