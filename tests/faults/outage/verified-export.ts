import { LedgerVerifier } from "../../../runtime/ledger/ledger-verifier.ts";
import type { VerifiedLedger } from "../../../runtime/ledger/ledger-verifier.ts";
import type { OutageApp } from "./outage-app.ts";

/**
 * Verifies the whole ledger up to its last checkpoint, as the Audit API exports it.
 * @throws {LedgerFaultError} naming the first bad batch
 */
export async function verifiedExport({ url, key }: OutageApp): Promise<VerifiedLedger> {
  const answer = await fetch(`${url}/audit/export`, { headers: { "x-functions-key": key } });
  if (answer.status !== 200) throw new Error(`The export answered ${answer.status}.`);
  // What is at stake here is whether the ledger agrees with itself; whose it is, others test.
  const verifier = new LedgerVerifier({ keys: [], saved: [], trustsFirstKey: true });
  for (const line of (await answer.text()).split("\n")) if (line !== "") verifier.acceptText(line);
  return verifier.finish();
}
