import type { Reply } from "../../generated/audit/types.ts";
import type { AuditHandlers } from "./context.ts";

/** `maxItems` of `OpenAccesses.intents`. */
const LIMIT = 256;

/** Lists the intents of accesses that wait for an outcome. */
export const listOpenAccesses: AuditHandlers["listOpenAccesses"] = async (
  { query: { service, before } },
  { ledger },
): Promise<Reply<"listOpenAccesses">> => {
  const intents = await ledger.openIntents({ service, before: new Date(before), limit: LIMIT });
  return { status: 200, body: { intents } };
};
