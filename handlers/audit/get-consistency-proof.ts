import type { Reply } from "../../generated/audit/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import { asContract } from "./as-contract.ts";
import type { AuditHandlers } from "./context.ts";

/** Proves that the ledger has only grown. @throws {Problem} `request-invalid`, `checkpoint-not-found` */
export const getConsistencyProof: AuditHandlers["getConsistencyProof"] = async (
  { path: { from, to } },
  { ledger },
): Promise<Reply<"getConsistencyProof">> => {
  if (from > to)
    throw problem("request-invalid", {
      errors: [{ parameter: "from", code: "maximum", message: "must not be after `to`" }],
    });
  const proof = await ledger.consistency(from, to);
  if (!proof) throw problem("checkpoint-not-found");
  return { status: 200, body: asContract(proof) };
};
