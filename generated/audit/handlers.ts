// Generated from openapi/audit.yaml by "npm run generate". Do not edit.
import { listAuditRecords } from "../../handlers/audit/list-audit-records.ts";
import { getAuditRecord } from "../../handlers/audit/get-audit-record.ts";
import { createAuditRecord } from "../../handlers/audit/create-audit-record.ts";
import { appendAuditRecords } from "../../handlers/audit/append-audit-records.ts";
import type { Handlers } from "./types.ts";

/** The handler of every operation of the API. */
export const handlers = {
  listAuditRecords,
  getAuditRecord,
  createAuditRecord,
  appendAuditRecords,
} satisfies Handlers<never>;
