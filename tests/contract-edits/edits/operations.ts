import type { ContractEdit } from "../contract-edit.ts";
import { AUDIT, PATIENT } from "./files.ts";

const AUDITORS_OPERATIONS = [
  ["/audit/records", "listAuditRecords"],
  ["/audit/records/{recordId}", "getAuditRecord"],
  ["/audit/records/{recordId}/proof", "getAuditRecordProof"],
  ["/audit/checkpoints/latest", "getLatestCheckpoint"],
  ["/audit/consistency/{from}/{to}", "getConsistencyProof"],
  ["/audit/export", "exportAuditRecords"],
] as const;

/** Which operations there are, under which method, path and name. */
export const operationEdits: readonly ContractEdit[] = [
  {
    name: "operation-removed",
    why: "The gateway answers 404 where it deleted a test.",
    changes: [
      { file: PATIENT, in: ["/patient/{patientId}/tests/{testId}:"], remove: "delete:" },
      { file: PATIENT, in: ["TestCreated:", "links:"], remove: "deleteTest:" },
      { file: PATIENT, in: ["components:", "responses:", "Test:", "links:"], remove: "deleteThisTest:" },
      { file: PATIENT, mark: "/patient/{patientId}/tests/{testId}:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "operation-added",
    why: "There is one thing more to do.",
    changes: [
      {
        file: AUDIT,
        in: ["/audit/records/{recordId}:"],
        replace: "get:",
        by: [
          "head:▸",
          "      operationId: ▸probeAuditRecord",
          "      summary: Ask whether a record is there",
          "      description: Says whether there is such a record.",
          "      tags: [Records]",
          "      x-audit: { action: read, resource: auditRecord, id: $request.path.recordId }",
          "      x-apim-policies:",
          '        - rate-limit: { calls: "{{audit-read-calls}}", renewal-period: 60 }',
          "      responses:",
          '        "204":',
          "          description: There is.",
          '        "404":',
          "          $ref: shared/responses.yaml#/AuditRecordNotFound",
          "    get:",
        ].join("\n"),
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "path-changed",
    why: "The gateway answers 404 where patients were found.",
    changes: [
      { file: PATIENT, replace: "  /patient/search:", by: "  /patient/find:▸" },
      { file: PATIENT, mark: "paths:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "method-changed",
    why: "The gateway answers 404 to a PUT.",
    changes: [
      { file: PATIENT, in: ["/patient/{patientId}:"], replace: "    put:", by: "    patch:▸" },
      {
        file: PATIENT,
        in: ["/patient/{patientId}:", "patch:▸"],
        mark: "operationId: updatePatient",
      },
      { file: PATIENT, mark: "/patient/{patientId}:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "operation-renamed",
    why: "Records name the operation: who asks the register for listAuditRecords finds none of the new ones; API Management deletes the operation.",
    changes: [
      {
        file: AUDIT,
        replace: "operationId: listAuditRecords",
        by: "operationId: ▸queryAuditRecords",
        times: 4,
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "operation-deprecated",
    why: "It works as before, and clients have notice (semver.org, item 7).",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}/tests/{testId}:", "delete:"],
        after: "operationId: deleteTest",
        insert: ["deprecated: ▸true"],
      },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "security-written-at-each-operation",
    why: "What holds for the whole document held for each of them.",
    changes: [
      { file: AUDIT, remove: "security:" },
      ...AUDITORS_OPERATIONS.map(([path, operationId]) => ({
        file: AUDIT,
        in: [`${path}:`],
        after: `operationId: ${operationId}`,
        insert: ["security: ▸[{ subscriptionKey: [] }]"],
      })),
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "security-scheme-renamed",
    why: "The name of a security scheme is on no wire; the header is the same.",
    changes: [
      { file: PATIENT, in: ["security:"], replace: "- subscriptionKey: []", by: "- ▸partnerKey: []" },
      {
        file: PATIENT,
        in: ["components:", "securitySchemes:"],
        replace: "subscriptionKey:",
        by: "partnerKey:▸",
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
];
