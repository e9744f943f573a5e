import { register } from "../../generated/audit/functions.ts";
import { operations } from "../../generated/audit/operations.ts";
import { createApp } from "../../runtime/app.ts";
import { appendAuditRecords } from "./append-audit-records.ts";
import { collections } from "./collections.ts";
import { auditContext } from "./context.ts";
import type { AuditHandlers } from "./context.ts";
import { createAuditRecord } from "./create-audit-record.ts";
import { getAuditRecord } from "./get-audit-record.ts";
import { listAuditRecords } from "./list-audit-records.ts";
import { ownRegister } from "./own-register.ts";

const handlers: AuditHandlers = { appendAuditRecords, createAuditRecord, getAuditRecord, listAuditRecords };

const app = createApp({ service: "audit", collections, context: auditContext, audit: ownRegister });
register(app.bind(operations, handlers));
