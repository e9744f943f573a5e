import type { Handlers } from "../../generated/audit/types.ts";
import type { HandlerTools } from "../../runtime/app.ts";
import type { Ledger } from "./ledger/open-ledger.ts";

/** What every handler of the Audit API gets beside its request. */
export interface AuditContext extends HandlerTools {
  readonly ledger: Ledger;
}

/** The handlers of the Audit API: what the compiler holds each of them against. */
export type AuditHandlers = Handlers<AuditContext>;
