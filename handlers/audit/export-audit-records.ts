import type { Reply } from "../../generated/audit/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import { asContract } from "./as-contract.ts";
import type { AuditHandlers } from "./context.ts";
import type { Ledger } from "./ledger/open-ledger.ts";

/** Exports the ledger up to a checkpoint, line by line. @throws {Problem} `checkpoint-not-found` */
export const exportAuditRecords: AuditHandlers["exportAuditRecords"] = async (
  { query },
  { ledger },
): Promise<Reply<"exportAuditRecords">> => {
  const end = await ledger.checkpoint(query.checkpoint);
  if (!end) throw problem("checkpoint-not-found");
  return { status: 200, body: lines(ledger.export(end)) };
};

async function* lines(exported: ReturnType<Ledger["export"]>) {
  for await (const line of exported) yield asContract(line);
}
