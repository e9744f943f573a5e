import type { ContractEdit } from "../contract-edit.ts";
import { PARTNER, PATIENT, PRODUCTION, RATE_LIMIT } from "./files.ts";

const READ_LIMIT = '- rate-limit: { calls: "{{patient-read-calls}}", renewal-period: 60 }';
const WRITE_LIMIT = '- rate-limit: { calls: "{{patient-write-calls}}", renewal-period: 60 }';

/** How often partners may call. Production: 600 reads of each operation in 60 s, 120 writes, 1,200 calls in all. */
export const limitEdits: readonly ContractEdit[] = [
  {
    name: "limit-of-operations-lowered-in-production",
    why: "A partner that reads 500 patients in a minute is refused.",
    changes: [
      {
        file: PRODUCTION,
        replace: '"patient-read-calls": "600"',
        by: '"patient-read-calls": ▸"300"',
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "limit-of-operations-raised-in-production",
    why: "More calls are admitted.",
    changes: [
      {
        file: PRODUCTION,
        replace: '"patient-write-calls": "120"',
        by: '"patient-write-calls": ▸"240"',
      },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "limit-of-the-product-lowered",
    why: "Reads and writes together came to 1,200.",
    changes: [{ file: PRODUCTION, replace: '"partner-calls": "1200"', by: '"partner-calls": ▸"1000"' }],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "limit-of-the-product-raised",
    why: "More calls are admitted.",
    changes: [{ file: PRODUCTION, replace: '"partner-calls": "1200"', by: '"partner-calls": ▸"2400"' }],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "limit-written-in-the-contract-lower",
    why: "This one operation admits 100 calls where it admitted 600.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: "- rate-limit: ▸{ calls: 100, renewal-period: 60 }",
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "limit-written-in-the-contract-equal",
    why: "600 is what production's named value says.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: "- rate-limit: { calls: 600, renewal-period: 60 }",
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "limit-takes-another-named-value-lower",
    why: "Reading patients is limited as writing them is, to 120.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}:", "get:"],
        replace: READ_LIMIT,
        by: '- rate-limit: ▸{ calls: "{{patient-write-calls}}", renewal-period: 60 }',
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "limit-takes-another-named-value-higher",
    why: "Adding tests is limited as reading them is, to 600.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}/tests:", "post:"],
        replace: WRITE_LIMIT,
        by: '- rate-limit: ▸{ calls: "{{patient-read-calls}}", renewal-period: 60 }',
      },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "period-doubled",
    why: "600 calls have to do for two minutes.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: '- rate-limit: ▸{ calls: "{{patient-read-calls}}", renewal-period: 120 }',
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "period-halved",
    why: "600 calls in 30 s admit whatever 600 in 60 s did.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: '- rate-limit: ▸{ calls: "{{patient-read-calls}}", renewal-period: 30 }',
      },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "same-rate-over-a-shorter-period",
    why: "600 calls at once were admitted; the second 300 of them are refused.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: "- rate-limit: ▸{ calls: 300, renewal-period: 30 }",
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "same-rate-over-a-longer-period",
    why: "600 in any 60 s are at most 1,200 in any 120 s, and 1,200 at once are new.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: "- rate-limit: ▸{ calls: 1200, renewal-period: 120 }",
      },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "same-rate-over-a-period-that-does-not-divide",
    why: "600 at second 0 and 600 at second 60 were admitted; 100 s admit 1,000 now.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: "- rate-limit: ▸{ calls: 1000, renewal-period: 100 }",
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "limit-removed",
    why: "The product's limit is the only one left.",
    changes: [
      { file: PATIENT, in: ["/patient/search:", "post:"], remove: "x-apim-policies:" },
      { file: PATIENT, in: ["/patient/search:"], mark: "post:" },
      { file: PATIENT, in: ["/patient/search:"], mark: "operationId: searchPatients" },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "limit-added-to-the-api",
    why: "All operations together admit 600 calls, where the product admits 1,200.",
    changes: [
      {
        file: PATIENT,
        after: "x-apim-products: [partner]",
        insert: [
          "x-apim-policies:▸",
          '  - rate-limit: ▸{ calls: "{{patient-read-calls}}", renewal-period: 60 }',
        ],
      },
    ],
    verdict: "major",
    redoclyAlone: "minor",
  },
  {
    name: "limit-added-that-is-never-met",
    why: "The product, which holds this API alone, admits no more than this limit does.",
    changes: [
      {
        file: PATIENT,
        after: "x-apim-products: [partner]",
        insert: ["x-apim-policies:", '  - rate-limit: { calls: "{{partner-calls}}", renewal-period: 60 }'],
      },
    ],
    verdict: "none",
    redoclyAlone: "minor",
  },
  {
    name: "limit-of-the-product-written-in-its-policy",
    why: "1,200 is what production's named value says.",
    changes: [{ file: PARTNER, replace: 'calls="{{partner-calls}}"', by: 'calls="1200"' }],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "limit-of-the-product-removed",
    why: "Each operation's own limit is the only one left.",
    changes: [
      { file: PARTNER, remove: '<rate-limit calls="{{partner-calls}}" renewal-period="60" />' },
      { file: PARTNER, mark: "<inbound>" },
      { file: PARTNER, mark: "<policies>" },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "default-period-left-out",
    why: "60 s is what the fragment takes when the contract says nothing.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: READ_LIMIT,
        by: '- rate-limit: { calls: "{{patient-read-calls}}" }',
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "default-period-of-the-fragment-changed",
    why: "Every operation says its period itself.",
    changes: [{ file: RATE_LIMIT, replace: 'default="60"', by: 'default="120"' }],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "fragment-takes-less-than-it-is-told",
    why: "Every operation admits 60 calls, whatever its contract says.",
    changes: [{ file: RATE_LIMIT, replace: '<rate-limit calls="[[calls]]"', by: '▸<rate-limit calls="60"' }],
    verdict: "major",
    redoclyAlone: "none",
  },
];
