import type { Checkpoint, PublicKey } from "../../../runtime/ledger/checkpoint.ts";
import {
  LedgerFaultError,
  LedgerVerifier,
  type LedgerFault,
} from "../../../runtime/ledger/ledger-verifier.ts";

/** What an auditor has in hand. */
export interface Auditor {
  readonly keys: readonly PublicKey[];
  readonly saved: readonly Checkpoint[];
}

/** @returns what is wrong with an export; `undefined` when nothing is */
export type Judge = (lines: readonly string[], auditor: Auditor) => LedgerFault | undefined;

/** The judge that an auditor has: LedgerVerifier. @throws what it does not foresee */
export const judgeExport: Judge = (lines, { keys, saved }) => {
  const verifier = new LedgerVerifier({ keys, saved });
  try {
    for (const line of lines) verifier.acceptText(line);
    verifier.finish();
    return undefined;
  } catch (error) {
    if (error instanceof LedgerFaultError) return error.fault;
    throw error;
  }
};
