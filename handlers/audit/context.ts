import type { Handlers } from "../../generated/audit/types.ts";
import type { HandlerTools } from "../../runtime/app.ts";
import { recordStore } from "./record-store.ts";
import type { RecordStore } from "./record-store.ts";

/** What every handler of the Audit API gets beside its request. */
export interface AuditContext extends HandlerTools {
  readonly records: RecordStore;
}

/** The handlers of the Audit API: what the compiler holds each of them against. */
export type AuditHandlers = Handlers<AuditContext>;

/** Makes the context of one request. */
export function auditContext(tools: HandlerTools): AuditContext {
  return { ...tools, records: recordStore(tools.db) };
}
