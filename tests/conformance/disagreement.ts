import { startOf, type Finding, type Position } from "../../generator/finding.ts";
import type { CheckedOperation } from "./contract/operation.ts";
import type { SourceLines } from "./contract/source-lines.ts";

/** Which two parts disagree, or what was not seen. */
export type DisagreementRule =
  "validator-oracle" | "handler-validator" | "gateway-handler" | "response-contract" | "coverage";

/** Something that two parts see differently. */
export interface Disagreement {
  readonly rule: DisagreementRule;
  /** Where the contract says what it is about: a pointer of the published document. */
  readonly pointer: string;
  /** What it is, without anything that was sent or answered. Equal for each case that shows the same. */
  readonly message: string;
}

/** How a case can be run again. */
export interface Replay {
  readonly operationId: string;
  readonly seed: number;
  readonly path: string;
  /** The planned case; absent for a random one. */
  readonly aim?: string;
}

/** The finding at the line of the contract. @param shape of the smallest request that shows it, without its values */
export function toFinding(
  { rule, pointer, message }: Disagreement,
  { api, operationId, pointer: operation }: CheckedOperation,
  lines: SourceLines,
  counterexample?: { readonly shape: string; readonly replay: Replay },
): Finding {
  const at: Position = lines.at(api, pointer) ?? lines.at(api, operation) ?? startOf(`openapi/${api}.yaml`);
  const shape = counterexample ? ` (${counterexample.shape})` : "";
  return {
    ...at,
    severity: "error",
    rule: `conformance/${rule}`,
    message: `${operationId}: ${message}${shape}`,
    ...(counterexample && { hint: commandOf(counterexample.replay) }),
  };
}

function commandOf({ operationId, seed, path, aim }: Replay): string {
  const planned = aim === undefined ? "" : ` --aim '${aim.replaceAll("'", "'\\''")}'`;
  return `npm run conformance -- --operation ${operationId} --seed ${seed} --path ${path}${planned}`;
}
