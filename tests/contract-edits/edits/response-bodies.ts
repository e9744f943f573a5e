import type { ContractEdit } from "../contract-edit.ts";
import { AUDIT, PATIENT, SCHEMAS } from "./files.ts";

/** What a client gets in a body: only what it had to be ready for before. */
export const responseBodyEdits: readonly ContractEdit[] = [
  {
    name: "response-property-removed",
    why: "Every patient had lastUpdated.",
    changes: [
      { file: PATIENT, in: ["schemas:", "Patient:", "properties:"], remove: "lastUpdated:" },
      {
        file: PATIENT,
        in: ["schemas:", "Patient:"],
        replace: "postCode, lastUpdated]",
        by: "postCode]▸",
      },
      { file: PATIENT, in: ["schemas:", "Patient:"], mark: "properties:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-optional-property-removed",
    why: "A client that reads a patient and sends it back whole now removes the contact number that it never saw.",
    changes: [
      { file: PATIENT, in: ["schemas:", "Patient:", "properties:"], remove: "preferredContactNumber:" },
      { file: PATIENT, in: ["schemas:", "Patient:"], mark: "properties:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-property-no-longer-required",
    why: "A client may read the post code without asking whether it is there.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Patient:"],
        replace: "dateOfBirth, postCode, lastUpdated]",
        by: "dateOfBirth, lastUpdated]▸",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-property-now-required",
    why: "What might be missing is always there.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Patient:"],
        replace: "required: [id, firstName, ",
        by: "required: ▸[id, firstName, lastName, ",
      },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "response-property-added-to-closed-schema",
    why: "The schema is closed, but clients were told to ignore properties that they do not know.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Patient:"],
        after: "properties:",
        insert: [
          "  nickname:▸",
          "    description: What friends say.",
          "    type: string",
          "    maxLength: 64",
        ],
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "response-opened",
    why: "The schema no longer says that nothing else comes, and clients were told to ignore what they do not know.",
    changes: [
      { file: AUDIT, in: ["AuditRecord:"], remove: "additionalProperties: false" },
      { file: AUDIT, mark: "AuditRecord:" },
    ],
    verdict: "minor",
    redoclyAlone: "major",
  },
  {
    name: "response-enum-value-added",
    why: "The catalogue says that more values may follow.",
    changes: [
      {
        file: SCHEMAS,
        in: ["ProblemCode:", "enum:"],
        after: "- body-too-large",
        insert: ["- conflict▸"],
      },
    ],
    verdict: "minor",
    redoclyAlone: "major",
  },
  {
    name: "response-enum-value-removed",
    why: "A code is never sent any more.",
    changes: [
      { file: SCHEMAS, in: ["ProblemCode:", "enum:"], remove: "- secret-unavailable" },
      { file: SCHEMAS, in: ["ProblemCode:"], mark: "enum:" },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "response-null-added",
    why: "A last name was there or not, but never null.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Patient:", "lastName:"],
        replace: '$ref: "#/components/schemas/FamilyName"',
        by: 'anyOf: ▸[{ $ref: "#/components/schemas/FamilyName" }, { type: "null" }]',
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-integer-to-number",
    why: "A client that reads an integer may get 200.5.",
    changes: [
      {
        file: AUDIT,
        in: ["schemas:", "Outcome:", "status:"],
        replace: "type: integer",
        by: "type: ▸number",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-maximum-raised",
    why: "No status above 599 had to be expected.",
    changes: [
      {
        file: AUDIT,
        in: ["schemas:", "Outcome:", "status:"],
        replace: "maximum: 599",
        by: "maximum: ▸999",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-array-limit-raised",
    why: "A client has room for 1,000 patients of a page.",
    changes: [{ file: PATIENT, in: ["PatientPage:"], replace: "maxItems: 1000", by: "maxItems: ▸5000" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-array-limit-lowered",
    why: "Pages are never larger than a client is ready for.",
    changes: [{ file: PATIENT, in: ["PatientPage:"], replace: "maxItems: 1000", by: "maxItems: ▸500" }],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "response-schema-widened-by-reference",
    why: "lastUpdated was a moment; any text of 35 characters may come.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Patient:", "lastUpdated:"],
        replace: "$ref: shared/schemas.yaml#/Timestamp",
        by: "type: ▸string\n          maxLength: 35",
      },
      { file: PATIENT, in: ["schemas:", "Patient:"], mark: "lastUpdated:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-array-wrapped",
    why: "A list that was an array is an object.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:", "responses:"],
        replace: '$ref: "#/components/schemas/PatientPage"',
        by: 'type: ▸object\n                properties: { items: { $ref: "#/components/schemas/PatientPage" } }',
      },
      { file: PATIENT, in: ["/patient/search:", "responses:", '"200":'], mark: "schema:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
];
