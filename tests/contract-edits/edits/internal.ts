import type { ContractEdit } from "../contract-edit.ts";
import { AUDIT, PATIENT } from "./files.ts";

/** What no partner can reach: internal operations, and components that only they use. */
export const internalEdits: readonly ContractEdit[] = [
  {
    name: "internal-batch-smaller",
    why: "Batches are the apps' own affair.",
    changes: [{ file: AUDIT, in: ["AuditRecordBatch:"], replace: "maxItems: 256", by: "maxItems: 128" }],
    verdict: "none",
    redoclyAlone: "major",
  },
  {
    name: "internal-answer-loses-a-property",
    why: "The receipt goes to the Patient app alone.",
    changes: [
      { file: AUDIT, in: ["AppendReceipt:", "properties:"], remove: "duplicates:" },
      {
        file: AUDIT,
        in: ["AppendReceipt:"],
        replace: "required: [stored, duplicates, conflicts]",
        by: "required: [stored, conflicts]",
      },
      {
        file: AUDIT,
        in: ["/auditrecords:"],
        replace: "{ stored: 1, duplicates: 0, conflicts: [] }",
        by: "{ stored: 1, conflicts: [] }",
      },
    ],
    verdict: "none",
    redoclyAlone: "major",
  },
  {
    name: "internal-body-limit-lowered",
    why: "Partners do not send batches.",
    changes: [{ file: AUDIT, replace: "x-max-bytes: 16777216", by: "x-max-bytes: 8388608" }],
    verdict: "none",
    redoclyAlone: "patch",
  },
  {
    name: "internal-operation-removed",
    why: "The gateway never had it.",
    changes: [
      { file: AUDIT, remove: "/auditrecord:" },
      { file: AUDIT, remove: "AuditRecordCreate:" },
    ],
    verdict: "none",
    redoclyAlone: "major",
  },
  {
    name: "internal-operation-added",
    why: "The gateway does not get it.",
    changes: [
      {
        file: AUDIT,
        after: "paths:",
        insert: [
          "  /auditrecords/count:",
          "    get:",
          "      operationId: countAuditRecords",
          "      summary: Count the records",
          "      description: How many records there are.",
          "      tags: [Records]",
          "      x-internal: true",
          "      responses:",
          '        "204":',
          "          description: Some.",
        ],
      },
    ],
    verdict: "none",
    redoclyAlone: "minor",
  },
  {
    name: "operation-made-internal",
    why: "The gateway answers 404 where it deleted a test.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}/tests/{testId}:", "delete:"],
        replace:
          'x-apim-policies:\n        - rate-limit: { calls: "{{patient-write-calls}}", renewal-period: 60 }',
        by: "x-internal: ▸true",
      },
      {
        file: PATIENT,
        in: ["/patient/{patientId}/tests/{testId}:"],
        mark: "operationId: deleteTest",
      },
      { file: PATIENT, in: ["/patient/{patientId}/tests/{testId}:"], mark: "delete:" },
    ],
    verdict: "major",
    redoclyAlone: "patch",
  },
  {
    name: "operation-published",
    why: "Auditors can do one thing more.",
    changes: [
      { file: AUDIT, replace: "/auditrecord:", by: "/audit/notes:▸" },
      { file: AUDIT, in: ["/audit/notes:▸"], mark: "post:" },
      {
        file: AUDIT,
        in: ["/audit/notes:▸"],
        replace: "x-internal: true",
        by: "x-audit: { action: create, resource: auditRecord, id: $new }",
      },
      { file: AUDIT, in: ["/audit/notes:▸"], mark: "operationId: createAuditRecord" },
    ],
    verdict: "minor",
    redoclyAlone: "major",
  },
];
