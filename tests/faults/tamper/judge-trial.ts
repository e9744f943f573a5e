import type { LedgerFault } from "../../../runtime/ledger/ledger-verifier.ts";
import type { Exported } from "./export-lines.ts";
import { firstDifferences, type Differences } from "./first-differences.ts";
import type { Auditor, Judge } from "./judge-export.ts";

/**
 * What became of a mutation:
 * - `unchanged`: the export is the honest one; nothing was tampered with that anybody could be shown
 * - `exact`: found, and the batch that is named is the first of its stream that differs
 * - `within`: found, and the first of the stream that differs is between the batch that is named and the last before it that
 *   a saved checkpoint vouches for. More cannot be known of a stream that was made anew so that it fits
 * - `elsewhere`: found, in a checkpoint or in what the ledger is; no batch is named, or one of which the checkpoint is wrong
 * - `refused`: the register itself does not come to the end of the export
 * - `misplaced`: found, and another batch is named
 * - `missed`: not found
 * - `crashed`: the judge threw what is no fault
 */
export type Outcome =
  "unchanged" | "exact" | "within" | "elsewhere" | "refused" | "misplaced" | "missed" | "crashed";

export interface TrialResult {
  readonly outcome: Outcome;
  /** What a person needs to look into it. */
  readonly detail: string;
}

/** Judges what a tampered database exports, as an auditor does, and then the judge. */
export function judgeTrial(
  honest: readonly string[],
  { lines, error }: Exported,
  auditor: Auditor,
  judge: Judge,
): TrialResult {
  if (error === undefined && lines.join("\n") === honest.join("\n"))
    return { outcome: "unchanged", detail: "" };
  try {
    const fault = judge(lines, auditor);
    const differences = firstDifferences(honest, lines);
    const detail = JSON.stringify({ fault, at: [...differences.batches].slice(0, 4) });
    if (error !== undefined)
      return { outcome: "refused", detail: error instanceof Error ? error.message : "" };
    return { outcome: fault ? placed(fault, differences) : "missed", detail };
  } catch (thrown) {
    return { outcome: "crashed", detail: String(thrown) };
  }
}

function placed({ stream, seq = -1, since = seq }: LedgerFault, differences: Differences): Outcome {
  const { batches, heads, isElsewhere } = differences;
  if (stream === undefined) return isElsewhere ? "elsewhere" : "misplaced";
  const first = batches.get(stream);
  if (first === undefined) return heads.has(stream) ? "elsewhere" : "misplaced";
  if (first === seq) return "exact";
  return since <= first && first <= seq ? "within" : "misplaced";
}
