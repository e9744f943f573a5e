import type { Reply } from "../../generated/audit/types.ts";
import { nextLink, pageRequest } from "../../runtime/paging.ts";
import type { AuditHandlers } from "./context.ts";

/** Queries the register, newest first, a page at a time. @throws {Problem} `cursor-invalid` */
export const listAuditRecords: AuditHandlers["listAuditRecords"] = async (
  { query },
  { ledger, cursorKeys },
): Promise<Reply<"listAuditRecords">> => {
  const { limit: _limit, cursor: _cursor, ...criteria } = query;
  const cursor = { keys: cursorKeys, list: "audit-records", criteria };
  const request = pageRequest(query, cursor);
  const { from, to, ...others } = criteria;
  const { items, more } = await ledger.page({ ...others, from: momentOf(from), to: momentOf(to) }, request);
  const lastId = more ? items.at(-1)?.id : undefined;
  const link = nextLink({ path: "/audit/records", query: criteria, lastId }, request, cursor);
  return { status: 200, headers: link === undefined ? {} : { link }, body: [...items] };
};

function momentOf(time: string | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
