import type { ContractEdit, RefusedEdit } from "../contract-edit.ts";
import { AUDIT, PARAMETERS, PATIENT } from "./files.ts";

const PATH_OF_TEST = ["/patient/{patientId}/tests:", "get:", "parameters:"];

/** What a client may send in path, query and headers. A query parameter that the contract does not have is refused. */
export const parameterEdits: readonly ContractEdit[] = [
  {
    name: "parameter-optional-added",
    why: "Nobody has to send it.",
    changes: [
      {
        file: PATIENT,
        in: PATH_OF_TEST,
        after: "- $ref: shared/parameters.yaml#/Limit",
        insert: [
          "- name: ▸performer",
          "  in: query",
          "  description: Tests of this performer.",
          "  schema: { type: string, minLength: 1, maxLength: 128 }",
        ],
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "header-required",
    why: "Requests without a purpose of use were accepted by every operation on patients.",
    changes: [{ file: PARAMETERS, in: ["PurposeOfUse:"], replace: "required: false", by: "required: ▸true" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "header-required-added",
    why: "No client sends the new header yet.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}:", "delete:", "parameters:"],
        after: "- $ref: shared/parameters.yaml#/IfMatch",
        insert: [
          "- name: ▸X-Reason",
          "  in: header",
          "  description: Why it is deleted.",
          "  required: ▸true",
          "  schema: { type: string, minLength: 1, maxLength: 64 }",
        ],
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "parameter-removed",
    why: "The Link header of a page that a client holds names cursor, which is refused as an unknown parameter.",
    changes: [
      { file: PATIENT, in: PATH_OF_TEST, remove: "- $ref: shared/parameters.yaml#/Cursor" },
      { file: PATIENT, in: PATH_OF_TEST.slice(0, 2), mark: "parameters:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "parameter-renamed",
    why: "cursor is refused as an unknown parameter, in both APIs.",
    changes: [
      { file: PARAMETERS, in: ["Cursor:"], replace: "name: cursor", by: "name: ▸after" },
      { file: PARAMETERS, mark: "Cursor:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "header-renamed-in-case-only",
    why: "Names of headers compare without regard to case (RFC 9110, 5.1).",
    changes: [
      {
        file: PARAMETERS,
        in: ["PurposeOfUse:"],
        replace: "name: X-Purpose-Of-Use",
        by: "name: ▸x-purpose-of-use",
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "path-parameter-renamed",
    why: "The name of a path parameter is on no wire.",
    changes: [
      { file: AUDIT, replace: "/audit/records/{recordId}:", by: "/audit/records/{id}:▸" },
      { file: AUDIT, in: ["/audit/records/{id}:▸"], replace: "- name: recordId", by: "- name: ▸id" },
      {
        file: AUDIT,
        in: ["/audit/records/{id}:▸"],
        replace: "$request.path.recordId",
        by: "$request.path.id",
      },
      {
        file: AUDIT,
        in: ["/audit/records:", "get:", "responses:", '"200":', "links:", "getAuditRecord:"],
        replace: "{ recordId: $response.body#/0/id }",
        by: "▸{ id: $response.body#/0/id }",
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "conditional-header-removed",
    why: "An unknown header is ignored: a deletion that names an old version is no longer refused but done.",
    changes: [
      { file: PATIENT, in: ["/patient/{patientId}:", "delete:"], remove: "parameters:" },
      { file: PATIENT, in: ["/patient/{patientId}:"], mark: "delete:" },
      { file: PATIENT, in: ["/patient/{patientId}:"], mark: "operationId: deletePatient" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "parameter-maximum-lowered",
    why: "Pages of 1,000 were asked for.",
    changes: [{ file: PARAMETERS, in: ["Limit:"], replace: "maximum: 1000", by: "maximum: ▸500" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "parameter-maximum-raised",
    why: "More can be asked for; the answer's own limit stays.",
    changes: [{ file: PARAMETERS, in: ["Limit:"], replace: "maximum: 1000", by: "maximum: ▸5000" }],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "parameter-integer-to-number",
    why: "Every integer is a number.",
    changes: [{ file: PARAMETERS, in: ["Limit:"], replace: "type: integer", by: "type: ▸number" }],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "parameter-default-changed",
    why: "The same request without a limit gets another page.",
    changes: [{ file: PARAMETERS, in: ["Limit:"], replace: "default: 100", by: "default: ▸50" }],
    verdict: "major",
    redoclyAlone: "patch",
  },
  {
    name: "parameter-default-removed",
    why: "Who leaves the limit out was promised pages of at most 100, and no longer is.",
    changes: [
      { file: PARAMETERS, in: ["Limit:"], remove: "default: 100" },
      { file: PARAMETERS, in: ["Limit:"], mark: "schema:" },
    ],
    verdict: "major",
    redoclyAlone: "patch",
  },
  {
    name: "parameter-exclusive-minimum-equal",
    why: "Above 0 and at least 1 are the same integers.",
    changes: [{ file: PARAMETERS, in: ["Limit:"], replace: "minimum: 1", by: "exclusiveMinimum: ▸0" }],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "parameter-pattern-narrowed",
    why: "A weak ETag in If-Match or If-None-Match was accepted, and a proxy makes strong ones weak.",
    changes: [
      {
        file: PARAMETERS,
        in: ["IfNoneMatch:"],
        replace: String.raw`pattern: ^(\*|(W/)?"[!#-~]*"([ \t]*,[ \t]*(W/)?"[!#-~]*")*)$`,
        by: String.raw`pattern: ▸^(\*|"[!#-~]*"([ \t]*,[ \t]*"[!#-~]*")*)$`,
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "parameter-pattern-removed",
    why: "A name that is none finds nothing instead of being refused.",
    changes: [
      { file: AUDIT, in: ["/audit/records:"], remove: "pattern: ^[a-z][A-Za-z0-9]*$" },
      { file: AUDIT, in: ["/audit/records:", "- name: operationId"], mark: "schema:" },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "parameter-fixed-to-a-constant",
    why: "Intents and closed records can no longer be asked for.",
    changes: [
      {
        file: AUDIT,
        in: ["/audit/records:", "- name: phase"],
        replace: '$ref: "#/components/schemas/Phase"',
        by: "{ type: string, const: outcome, maxLength: 7 }▸",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "invalid-id-answered-otherwise",
    why: "Clients of the reference tell a malformed patient id of a new test by its 400; it would be 404.",
    changes: [
      { file: PATIENT, in: ["PatientIdOfNewTest:"], remove: "x-invalid-status: 400" },
      { file: PATIENT, mark: "PatientIdOfNewTest:" },
    ],
    verdict: "major",
    redoclyAlone: "patch",
  },
  {
    name: "invalid-id-default-written-out",
    why: "404 answers a malformed path id unless the contract says otherwise.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientId:"],
        after: "required: true",
        insert: ["x-invalid-status: ▸404"],
      },
      { file: PATIENT, in: ["TestId:"], after: "required: true", insert: ["x-invalid-status: ▸404"] },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "parameters-moved-to-their-path",
    why: "The path has one operation: what all of them take is what it takes.",
    changes: [
      { file: AUDIT, in: ["/audit/records:"], remove: "- $ref: shared/parameters.yaml#/Limit" },
      { file: AUDIT, in: ["/audit/records:"], remove: "- $ref: shared/parameters.yaml#/Cursor" },
      {
        file: AUDIT,
        replace: "/audit/records:\n    get:",
        by: [
          "/audit/records:",
          "    parameters:▸",
          "      - $ref: shared/parameters.yaml#/Limit",
          "      - $ref: shared/parameters.yaml#/Cursor",
          "    get:",
        ].join("\n"),
      },
    ],
    verdict: "patch",
    redoclyAlone: "major",
  },
  {
    name: "parameter-deprecated",
    why: "It works as before, and clients have notice (semver.org, item 7).",
    changes: [
      {
        file: AUDIT,
        in: ["/audit/records:", "- name: traceId"],
        after: "in: query",
        insert: ["deprecated: ▸true"],
      },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
];

/** What no client could ever be asked for: API Management would make it part of the path. */
export const refusedParameterEdits: readonly RefusedEdit[] = [
  {
    name: "query-parameter-required",
    why: "Its absence would be a 404 of the gateway.",
    changes: [{ file: PARAMETERS, in: ["Limit:"], replace: "required: false", by: "required: true" }],
    rule: "apim/required-query-parameter",
  },
  {
    name: "security-that-nothing-enforces",
    why: "A contract must not promise a check that no policy makes.",
    changes: [{ file: PATIENT, in: ["subscriptionKey:"], replace: "type: apiKey", by: "type: http" }],
    rule: "security/not-enforced",
  },
];
