import type { ContractEdit } from "../contract-edit.ts";
import { AUDIT, PARAMETERS, PATIENT, SCHEMAS } from "./files.ts";

/** Schemas that requests and responses share, and pieces that both APIs share: one line, several audiences. */
export const bothDirectionsEdits: readonly ContractEdit[] = [
  {
    name: "shared-schema-max-length-lowered",
    why: "Harmless where a patient is read, breaking where one is written.",
    changes: [{ file: PATIENT, in: ["FamilyName:"], replace: "maxLength: 64", by: "maxLength: ▸40" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "shared-schema-max-length-raised",
    why: "Harmless where a patient is written, breaking where one is read: clients have room for 64 characters.",
    changes: [{ file: PATIENT, in: ["FamilyName:"], replace: "maxLength: 64", by: "maxLength: ▸80" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "shared-schema-enum-value-added",
    why: "A new gender may be written, and then it is read by clients that know four.",
    changes: [
      {
        file: PATIENT,
        in: ["Gender:"],
        replace: "enum: [male, female, other, unknown]",
        by: "enum: ▸[male, female, other, diverse, unknown]",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "shared-schema-enum-value-removed",
    why: "Fewer values are read, but one that was written is refused.",
    changes: [
      {
        file: PATIENT,
        in: ["Gender:"],
        replace: "enum: [male, female, other, unknown]",
        by: "enum: ▸[male, female, unknown]",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "shared-schema-property-added",
    why: "An observation may be sent with a method; clients that read it were told to ignore what they do not know.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Observation:"],
        after: "properties:",
        insert: [
          "  method:▸",
          "    description: How it was measured.",
          "    type: string",
          "    maxLength: 64",
        ],
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "shared-schema-property-no-longer-required",
    why: "A test may be sent without interpretations, and clients that read it miss them.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Observation:"],
        replace: "measurement, interpretation, issued, status]",
        by: "measurement, issued, status]▸",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "narrowed-three-references-deep",
    why: "createTest, TestCreate, Observations, Observation, code: a code of 50 characters was accepted.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Observation:", "code:"],
        replace: "maxLength: 64",
        by: "maxLength: ▸32",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "array-at-least-one-item",
    why: "A test without observations was accepted, as one that is ordered and not yet observed.",
    changes: [{ file: PATIENT, in: ["Observations:"], after: "type: array", insert: ["minItems: ▸1"] }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "array-limit-lowered",
    why: "A test with 80 observations is refused.",
    changes: [{ file: PATIENT, in: ["Observations:"], replace: "maxItems: 100", by: "maxItems: ▸50" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "array-items-unique",
    why: "Two equal observations of a test were accepted.",
    changes: [
      { file: PATIENT, in: ["Observations:"], after: "maxItems: 100", insert: ["uniqueItems: ▸true"] },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "timestamp-without-format",
    why: "In a query any text is accepted now; in every answer any text may come where a moment did.",
    changes: [
      { file: SCHEMAS, in: ["Timestamp:"], remove: "format: date-time" },
      { file: SCHEMAS, mark: "Timestamp:" },
      { file: AUDIT, in: ["ExportLine:"], mark: "oneOf:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "trace-id-in-upper-case",
    why: "More can be asked for, but every problem and record may now hold an id that clients do not take.",
    changes: [
      {
        file: SCHEMAS,
        in: ["TraceId:"],
        replace: "pattern: ^[0-9a-f]{32}$",
        by: "pattern: ▸^[0-9a-fA-F]{32}$",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "purpose-added-for-patients-breaks-auditors",
    why: "Clients of the Patient API may send one more code, which auditors then read in records.",
    changes: [{ file: SCHEMAS, in: ["PurposeOfUse:"], replace: "HRESCH, ", by: "HRESCH, HMARKT, ▸" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "purpose-removed-breaks-partners",
    why: "Fewer codes reach the auditors, but a partner that sends this one is refused.",
    changes: [{ file: SCHEMAS, in: ["PurposeOfUse:"], replace: "HRESCH, ", by: "▸" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "shared-problem-longer",
    why: "Both APIs answer with it, and clients have room for 512 characters.",
    changes: [
      { file: SCHEMAS, in: ["Problem:", "detail:"], replace: "maxLength: 512", by: "maxLength: ▸2048" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "shared-parameter-shorter",
    why: "Cursors that the server itself made are longer than 32 characters.",
    changes: [{ file: PARAMETERS, in: ["Cursor:"], replace: "maxLength: 512", by: "maxLength: ▸32" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "narrowed-for-the-app-alone",
    why: "Only the Patient app writes actors; auditors read shorter names than they are ready for.",
    changes: [
      {
        file: AUDIT,
        in: ["schemas:", "Actor:", "product:"],
        replace: "maxLength: 128",
        by: "maxLength: ▸64",
      },
    ],
    verdict: "minor",
    redoclyAlone: "major",
  },
];
