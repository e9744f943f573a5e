import type { ContractEdit } from "../contract-edit.ts";
import { AUDIT, HEADERS, PATIENT, SCHEMAS } from "./files.ts";

const FAMILY_NAME = '$ref: "#/components/schemas/FamilyName"';

/** The same values in other words: no request and no answer is affected. */
export const saidOtherwiseEdits: readonly ContractEdit[] = [
  {
    name: "wrapped-in-all-of",
    why: "allOf of one schema is that schema.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreate:", "lastName:"],
        replace: FAMILY_NAME,
        by: `allOf: ▸[{ ${FAMILY_NAME} }]`,
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "body-wrapped-in-all-of",
    why: "allOf of one schema is that schema, a closed one too.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient:", "post:", "requestBody:"],
        replace: '$ref: "#/components/schemas/PatientCreate"',
        by: 'allOf: ▸[{ $ref: "#/components/schemas/PatientCreate" }]',
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "answer-wrapped-in-one-of",
    why: "oneOf of one schema is that schema.",
    changes: [
      {
        file: PATIENT,
        in: ["components:", "responses:", "Test:"],
        replace: '$ref: "#/components/schemas/Test"',
        by: 'oneOf: ▸[{ $ref: "#/components/schemas/Test" }]',
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "schema-renamed",
    why: "The name of a schema is on no wire.",
    changes: [
      { file: PATIENT, in: ["schemas:"], replace: "    PatientCreate:", by: "    NewPatient:▸" },
      {
        file: PATIENT,
        replace: '"#/components/schemas/PatientCreate"',
        by: '▸"#/components/schemas/NewPatient"',
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "schema-moved-to-another-file",
    why: "The published document is the same to the letter.",
    changes: [
      { file: PATIENT, in: ["schemas:"], remove: "OrderReference:" },
      {
        file: SCHEMAS,
        replace: "PartialDate:",
        by: [
          "OrderReference:",
          "  description: The order that the test answers.",
          "  type: string",
          String.raw`  pattern: ^[^\u0000-\u001f]*[^\s\u0000-\u001f][^\u0000-\u001f]*$`,
          "  minLength: 1",
          "  maxLength: 128",
          "",
          "PartialDate:",
        ].join("\n"),
      },
      {
        file: PATIENT,
        replace: '$ref: "#/components/schemas/OrderReference"',
        by: "$ref: shared/schemas.yaml#/OrderReference",
        times: 3,
      },
    ],
    verdict: "none",
    redoclyAlone: "patch",
  },
  {
    name: "inline-schema-named",
    why: "A reference is what it refers to.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientReplace:", "lastUpdated:"],
        replace:
          "description: Ignored; the server knows when it was.\n          type: string\n          maxLength: 64",
        by: '$ref: ▸"#/components/schemas/IgnoredText"',
      },
      {
        file: PATIENT,
        in: ["components:"],
        after: "schemas:",
        insert: [
          "  IgnoredText:▸",
          "    description: Ignored; the server knows when it was.",
          "    type: string",
          "    maxLength: 64",
        ],
      },
      { file: PATIENT, in: ["PatientReplace:"], mark: "lastUpdated:" },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "reference-written-out",
    why: "A reference is what it refers to.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:", "responses:", '"200":', "schema:"],
        replace: '$ref: "#/components/schemas/PatientPage"',
        by: [
          "description: A page of patients.▸",
          "                type: array",
          "                maxItems: 1000",
          '                items: { $ref: "#/components/schemas/Patient" }',
        ].join("\n"),
      },
      { file: PATIENT, in: ["/patient/search:", "responses:", '"200":'], mark: "schema:" },
      { file: PATIENT, remove: "PatientPage:" },
      { file: PATIENT, in: ["components:"], mark: "schemas:" },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "minimum-length-of-nothing",
    why: "Every text has at least 0 characters.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientReplace:", "lastUpdated:"],
        after: "type: string",
        insert: ["minLength: ▸0"],
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "pattern-of-the-same-language-in-an-answer",
    why: "[0-9] and \\d are the same characters (ECMA-262, 22.2.2.9).",
    changes: [
      {
        file: HEADERS,
        in: ["ETag:"],
        replace: 'pattern: ^"[0-9]+"$',
        by: String.raw`pattern: ▸^"\d+"$`,
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "pattern-of-the-same-language-in-a-request",
    why: "The class of characters names the same ones in another order.",
    changes: [
      {
        file: AUDIT,
        in: ["/audit/records:"],
        replace: "pattern: ^[a-z][A-Za-z0-9]*$",
        by: "pattern: ▸^[a-z][0-9a-zA-Z]*$",
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "limit-that-an-enum-makes-idle",
    why: "None of the four genders has more than seven characters.",
    changes: [{ file: PATIENT, in: ["Gender:"], replace: "maxLength: 7", by: "maxLength: ▸16" }],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "limit-that-a-format-makes-idle",
    why: "A UUID has 36 characters, whatever minLength says.",
    changes: [
      { file: SCHEMAS, in: ["Uuid:"], remove: "minLength: 36" },
      { file: SCHEMAS, mark: "Uuid:" },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "enum-of-one-as-constant",
    why: "The phases are the same three.",
    changes: [
      {
        file: AUDIT,
        in: ["schemas:", "Phase:"],
        replace: "enum: [intent, outcome, closed]",
        by: "anyOf: ▸[{ const: intent }, { const: outcome }, { const: closed }]",
      },
      { file: AUDIT, in: ["schemas:"], mark: "Phase:" },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "type-as-a-list",
    why: "A list of one type is that type.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientReplace:", "lastUpdated:"],
        replace: "type: string",
        by: "type: ▸[string]",
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "whole-number-as-multiple-of-one",
    why: "Every integer is a multiple of 1.",
    changes: [
      {
        file: "openapi/shared/parameters.yaml",
        in: ["Limit:"],
        after: "type: integer",
        insert: ["multipleOf: ▸1"],
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "read-only-where-it-was-ignored",
    why: "lastUpdated is ignored already; validators take no notice of readOnly.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientReplace:", "lastUpdated:"],
        after: "type: string",
        insert: ["readOnly: ▸true"],
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
];
