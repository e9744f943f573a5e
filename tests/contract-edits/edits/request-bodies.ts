import type { ContractEdit } from "../contract-edit.ts";
import { PATIENT, SCHEMAS } from "./files.ts";

/** What a client may send in a body: anything that was accepted must still be, and mean the same. */
export const requestBodyEdits: readonly ContractEdit[] = [
  {
    name: "request-max-length-lowered",
    why: "A patient that is sent back whole, as it was read, holds 24 characters of lastUpdated and is refused.",
    changes: [{ file: PATIENT, in: ["PatientReplace:"], replace: "maxLength: 64", by: "maxLength: ▸20" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-max-length-raised",
    why: "Whatever was short enough still is.",
    changes: [{ file: PATIENT, in: ["PatientReplace:"], replace: "maxLength: 64", by: "maxLength: ▸128" }],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "request-min-length-raised",
    why: "A search for a year of birth alone is refused.",
    changes: [{ file: SCHEMAS, in: ["PartialDate:"], replace: "minLength: 4", by: "minLength: ▸7" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-pattern-added",
    why: "lastUpdated was any text; what a client sends there of its own is refused.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientReplace:", "lastUpdated:"],
        after: "maxLength: 64",
        insert: ["pattern: ▸^[0-9TZ:.+-]+$"],
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-format-added",
    why: "lastUpdated was any text; only a date-time is accepted now.",
    changes: [
      {
        file: PATIENT,
        in: ["TestReplace:", "lastUpdated:"],
        after: "maxLength: 64",
        insert: ["format: ▸date-time"],
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-property-required",
    why: "A patient without a last name was accepted.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreate:"],
        replace: "required: [firstName, gender",
        by: "required: [▸firstName, lastName, gender",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-property-no-longer-required",
    why: "Who sends the order reference may go on.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "TestCreate:"],
        replace: "required: [performer, orderReference, observations]",
        by: "required: [▸performer, observations]",
      },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "request-property-removed",
    why: "The schema is closed: a patient with an insurance number is refused.",
    changes: [
      { file: PATIENT, in: ["PatientCreate:", "properties:"], remove: "insuranceNumber:" },
      { file: PATIENT, in: ["PatientCreate:"], mark: "properties:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-property-added",
    why: "Nobody has to send it.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreate:"],
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
    name: "request-required-property-added",
    why: "No client sends a method yet, so every new test is refused.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "TestCreate:"],
        replace: "required: [performer, ",
        by: "required: [▸method, performer, ",
      },
      {
        file: PATIENT,
        in: ["schemas:", "TestCreate:"],
        after: "properties:",
        insert: [
          "  method:▸",
          "    description: How it was measured.",
          "    type: string",
          "    maxLength: 64",
        ],
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-opened",
    why: "Criteria that were refused are ignored now; nothing that was accepted is refused.",
    changes: [
      { file: PATIENT, in: ["PatientSearch:"], remove: "additionalProperties: false" },
      { file: PATIENT, in: ["schemas:"], mark: "PatientSearch:" },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "request-empty-object-refused",
    why: "A search without a criterion found every patient.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientSearch:"],
        after: "additionalProperties: false",
        insert: ["minProperties: ▸1"],
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-null-accepted",
    why: "A last name may now be sent as null too.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreate:", "lastName:"],
        replace: '$ref: "#/components/schemas/FamilyName"',
        by: 'anyOf: ▸[{ $ref: "#/components/schemas/FamilyName" }, { type: "null" }]',
      },
    ],
    verdict: "minor",
    redoclyAlone: "major",
  },
  {
    name: "request-type-list-with-null",
    why: "What is ignored may now be null too.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientReplace:", "lastUpdated:"],
        replace: "type: string",
        by: 'type: ▸[string, "null"]',
      },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "request-dependency-added",
    why: "A full name without a last name was accepted.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreate:"],
        after: "additionalProperties: false",
        insert: ["dependentRequired: ▸{ fullName: [lastName] }"],
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-variant-added-to-any-of",
    why: "The new form of a search stands beside the old one.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:", "requestBody:"],
        replace: '$ref: "#/components/schemas/PatientSearch"',
        by: 'anyOf: ▸[{ $ref: "#/components/schemas/PatientSearch" }, { $ref: "#/components/schemas/TextSearch" }]',
      },
      {
        file: PATIENT,
        in: ["components:"],
        after: "schemas:",
        insert: [
          "  TextSearch:",
          "    type: object",
          "    additionalProperties: false",
          "    required: [text]",
          "    properties: { text: { type: string, maxLength: 64 } }",
        ],
      },
    ],
    verdict: "minor",
    redoclyAlone: "major",
  },
  {
    name: "request-variant-overlaps-in-one-of",
    why: "A search for an insurance number alone fits both variants, and oneOf wants exactly one.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:", "requestBody:"],
        replace: '$ref: "#/components/schemas/PatientSearch"',
        by: 'oneOf: ▸[{ $ref: "#/components/schemas/PatientSearch" }, { $ref: "#/components/schemas/NumberSearch" }]',
      },
      {
        file: PATIENT,
        in: ["components:"],
        after: "schemas:",
        insert: [
          "  NumberSearch:",
          "    type: object",
          "    additionalProperties: false",
          "    required: [insuranceNumber]",
          '    properties: { insuranceNumber: { $ref: "#/components/schemas/InsuranceNumber" } }',
        ],
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "request-date-not-after-today",
    why: "A search up to a date in the future was accepted; the keyword is one that only this platform knows.",
    changes: [
      {
        file: SCHEMAS,
        in: ["PartialDate:"],
        after: "format: partial-date",
        insert: ["x-not-after-today: ▸true"],
      },
    ],
    verdict: "major",
    redoclyAlone: "patch",
  },
  {
    name: "request-reference-to-a-stricter-schema",
    why: "DateOfBirth is a partial date too, but one that is not after today.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "PatientSearch:", "dateOfBirthTo:"],
        replace: "$ref: shared/schemas.yaml#/PartialDate",
        by: '$ref: ▸"#/components/schemas/DateOfBirth"',
      },
      { file: PATIENT, in: ["schemas:", "DateOfBirth:"], mark: "x-not-after-today: true" },
    ],
    verdict: "major",
    redoclyAlone: "patch",
  },
];
