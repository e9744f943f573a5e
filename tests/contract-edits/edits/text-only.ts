import type { ContractEdit } from "../contract-edit.ts";
import { AUDIT, LOCAL, PATIENT, SCHEMAS } from "./files.ts";

/** What only readers see, and what nobody does. */
export const textOnlyEdits: readonly ContractEdit[] = [
  {
    name: "description-changed",
    why: "Only readers of the portal see it.",
    changes: [
      {
        file: PATIENT,
        in: ["GivenName:"],
        replace: "description: The given name.",
        by: "description: ▸The first name.",
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "description-of-the-api-changed",
    why: "Only readers of the portal see it.",
    changes: [{ file: AUDIT, in: ["info:"], replace: "summary: The register", by: "summary: ▸Register" }],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "summary-changed",
    why: "Only readers of the portal see it.",
    changes: [{ file: PATIENT, replace: "summary: Read a patient", by: "summary: ▸Get a patient" }],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "example-changed",
    why: "Only readers of the portal see it.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreateMinimal:"],
        replace: 'postCode: "3012"',
        by: 'postCode: ▸"3013"',
      },
    ],
    verdict: "patch",
    redoclyAlone: "none",
  },
  {
    name: "tag-renamed",
    why: "Tags group the operations in the portal.",
    changes: [
      { file: AUDIT, in: ["tags:"], replace: "- name: Records", by: "- name: ▸Register" },
      { file: AUDIT, replace: "tags: [Records]", by: "tags: ▸[Register]", times: 6 },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "link-removed",
    why: "A link tells how calls follow one another; the calls are there as before.",
    changes: [
      { file: PATIENT, in: ["PatientCreated:", "links:"], remove: "listTests:" },
      { file: PATIENT, in: ["PatientCreated:"], mark: "links:" },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "keys-reordered",
    why: "The keys of a mapping have no order.",
    changes: [
      {
        file: PATIENT,
        in: ["ContactNumber:"],
        replace: "minLength: 1\n      maxLength: 32",
        by: "maxLength: 32\n      minLength: 1",
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "properties-reordered",
    why: "The properties of an object have no order.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "Test:", "properties:"],
        replace:
          'performer:\n          $ref: "#/components/schemas/Performer"\n        orderReference:\n          $ref: "#/components/schemas/OrderReference"',
        by: 'orderReference:\n          $ref: "#/components/schemas/OrderReference"\n        performer:\n          $ref: "#/components/schemas/Performer"',
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "required-reordered",
    why: "What is required has no order.",
    changes: [
      {
        file: PATIENT,
        in: ["TestReplace:"],
        replace: "required: [performer, orderReference, observations]",
        by: "required: [observations, orderReference, performer]",
      },
    ],
    verdict: "none",
    redoclyAlone: "patch",
  },
  {
    name: "enum-reordered",
    why: "The values of an enum have no order.",
    changes: [
      {
        file: PATIENT,
        in: ["Gender:"],
        replace: "[male, female, other, unknown]",
        by: "[female, male, other, unknown]",
      },
    ],
    verdict: "none",
    redoclyAlone: "patch",
  },
  {
    name: "parameters-reordered",
    why: "The parameters of an operation have no order.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:", "post:"],
        replace: "- $ref: shared/parameters.yaml#/Limit\n        - $ref: shared/parameters.yaml#/Cursor",
        by: "- $ref: shared/parameters.yaml#/Cursor\n        - $ref: shared/parameters.yaml#/Limit",
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "comment-added",
    why: "A comment is for who edits the file.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:"],
        replace: "    PatientPage:",
        by: "    # At most 1,000.\n    PatientPage:",
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "style-changed",
    why: "A list of YAML may be written in two ways.",
    changes: [
      {
        file: PATIENT,
        in: ["schemas:", "TestCreate:"],
        replace: "required: [performer, orderReference, observations]",
        by: "required:\n        - performer\n        - orderReference\n        - observations",
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "description-of-an-internal-operation",
    why: "The portal does not show it.",
    changes: [{ file: AUDIT, replace: "summary: Append records", by: "summary: Store records" }],
    verdict: "none",
    redoclyAlone: "patch",
  },
  {
    name: "audit-annotation-changed",
    why: "Searches come to auditors as X instead of S, one of the codes that they are ready for.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: "x-audit: { action: search, resource: patient, id: null }",
        by: "x-audit: ▸{ action: export, resource: patient, id: null }",
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "sibling-description-of-a-reference",
    why: "Only readers of the portal see it.",
    changes: [
      {
        file: SCHEMAS,
        in: ["Problem:", "requestId:"],
        replace: "description: Made by the server for this one request.",
        by: "description: ▸Names this one request.",
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "settings-of-the-laptop",
    why: "Partners call production.",
    changes: [{ file: LOCAL, replace: '"partner-calls": "1000000"', by: '"partner-calls": "10"' }],
    verdict: "none",
    redoclyAlone: "none",
  },
];
