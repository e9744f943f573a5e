// Generated from openapi/audit.yaml by "npm run generate". Do not edit.
import { app, type HttpHandler } from "@azure/functions";
import type { OperationId } from "./types.ts";

/** Registers one HTTP function for each operation. Every one needs a key. */
export function register(handlers: Readonly<Record<OperationId, HttpHandler>>): void {
  app.setup({ enableHttpStream: true });
  app.http("listAuditRecords", {
    methods: ["GET"],
    authLevel: "function",
    route: "audit/records",
    handler: handlers.listAuditRecords,
  });
  app.http("getAuditRecord", {
    methods: ["GET"],
    authLevel: "function",
    route: "audit/records/{recordId}",
    handler: handlers.getAuditRecord,
  });
  app.http("getAuditRecordProof", {
    methods: ["GET"],
    authLevel: "function",
    route: "audit/records/{recordId}/proof",
    handler: handlers.getAuditRecordProof,
  });
  app.http("getLatestCheckpoint", {
    methods: ["GET"],
    authLevel: "function",
    route: "audit/checkpoints/latest",
    handler: handlers.getLatestCheckpoint,
  });
  app.http("getConsistencyProof", {
    methods: ["GET"],
    authLevel: "function",
    route: "audit/consistency/{from}/{to}",
    handler: handlers.getConsistencyProof,
  });
  app.http("exportAuditRecords", {
    methods: ["GET"],
    authLevel: "function",
    route: "audit/export",
    handler: handlers.exportAuditRecords,
  });
  app.http("createAuditRecord", {
    methods: ["POST"],
    authLevel: "function",
    route: "auditrecord",
    handler: handlers.createAuditRecord,
  });
  app.http("appendAuditRecords", {
    methods: ["POST"],
    authLevel: "function",
    route: "auditrecords",
    handler: handlers.appendAuditRecords,
  });
  app.http("listOpenAccesses", {
    methods: ["GET"],
    authLevel: "function",
    route: "auditrecords/open",
    handler: handlers.listOpenAccesses,
  });
  app.http("eraseSubjects", {
    methods: ["POST"],
    authLevel: "function",
    route: "auditsubjects/erasures",
    handler: handlers.eraseSubjects,
  });
}
