// Generated from openapi/audit.yaml by "npm run generate". Do not edit.
import { listAuditRecords } from "../../handlers/audit/list-audit-records.ts";
import { getAuditRecord } from "../../handlers/audit/get-audit-record.ts";
import { getAuditRecordProof } from "../../handlers/audit/get-audit-record-proof.ts";
import { getLatestCheckpoint } from "../../handlers/audit/get-latest-checkpoint.ts";
import { getConsistencyProof } from "../../handlers/audit/get-consistency-proof.ts";
import { exportAuditRecords } from "../../handlers/audit/export-audit-records.ts";
import { createAuditRecord } from "../../handlers/audit/create-audit-record.ts";
import { appendAuditRecords } from "../../handlers/audit/append-audit-records.ts";
import { listOpenAccesses } from "../../handlers/audit/list-open-accesses.ts";
import { eraseSubjects } from "../../handlers/audit/erase-subjects.ts";
import type { Handlers } from "./types.ts";

/** The handler of every operation of the API. */
export const handlers = {
  listAuditRecords,
  getAuditRecord,
  getAuditRecordProof,
  getLatestCheckpoint,
  getConsistencyProof,
  exportAuditRecords,
  createAuditRecord,
  appendAuditRecords,
  listOpenAccesses,
  eraseSubjects,
} satisfies Handlers<never>;
