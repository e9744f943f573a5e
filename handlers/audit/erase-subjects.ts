import type { Reply } from "../../generated/audit/types.ts";
import type { AuditHandlers } from "./context.ts";

/** Erases people: what is recorded of them stays, and nobody can tell any more that it is of them. */
export const eraseSubjects: AuditHandlers["eraseSubjects"] = async (
  { body },
  { ledger },
): Promise<Reply<"eraseSubjects">> => ({ status: 200, body: { erased: await ledger.erase(body.ids) } });
