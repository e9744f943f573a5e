import type { Db } from "mongodb";
import { openTestLedger } from "../../integration/ledger/ledger-fixture.ts";

/** What the register exports, as text, and why it did not come to the end. */
export interface Exported {
  readonly lines: readonly string[];
  readonly error?: unknown;
}

/** Exports as the Audit app does, which has just been started: nothing of before is remembered. */
export async function exportLines(db: Db): Promise<Exported> {
  const lines: string[] = [];
  try {
    const ledger = await openTestLedger(db);
    const end = await ledger.checkpoint();
    if (!end) throw new Error("there is no checkpoint");
    for await (const line of ledger.export(end)) lines.push(JSON.stringify(line));
    return { lines };
  } catch (error) {
    return { lines, error };
  }
}
