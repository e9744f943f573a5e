import type { ContractEdit } from "../contract-edit.ts";
import { HEADERS, PATIENT, RESPONSES, SCHEMAS } from "./files.ts";

/** Which answers a client gets, with which headers, and what the gateway answers by itself. */
export const responseEnvelopeEdits: readonly ContractEdit[] = [
  {
    name: "status-success-added",
    why: "No client waits for a patient that is accepted but not yet there.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient:", "post:", "responses:"],
        replace: '"400":',
        by: '"202":▸\n          description: The patient will be created.\n        "400":',
      },
    ],
    verdict: "major",
    redoclyAlone: "minor",
  },
  {
    name: "status-failure-added",
    why: "A client treats a 4xx that it does not know as 400 (RFC 9110, 15), and the body is the same problem.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient:", "post:", "responses:"],
        replace: '"413":',
        by: '"409":▸\n          $ref: shared/responses.yaml#/PreconditionFailed\n        "413":',
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "status-failure-removed",
    why: "A client that is ready for 404 gets 204: what it wanted gone is gone.",
    changes: [
      { file: PATIENT, in: ["/patient/{patientId}:", "delete:", "responses:"], remove: '"404":' },
      { file: PATIENT, in: ["/patient/{patientId}:", "delete:"], mark: "responses:" },
    ],
    verdict: "minor",
    redoclyAlone: "major",
  },
  {
    name: "status-of-precondition-removed",
    why: "412 is what keeps an If-Match that is out of date from overwriting (RFC 9110, 13.1.1); without it an update is lost.",
    changes: [
      { file: PATIENT, in: ["/patient/{patientId}:", "put:", "responses:"], remove: '"412":' },
      { file: PATIENT, in: ["/patient/{patientId}:", "put:"], mark: "responses:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "status-success-replaced",
    why: "A client that waits for 204 gets 200 and a body.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}:", "delete:", "responses:"],
        replace: '"204":\n          description: The patient is deleted.',
        by: '"200":▸\n          $ref: "#/components/responses/Patient"',
      },
      { file: PATIENT, in: ["/patient/{patientId}:", "delete:"], mark: "responses:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-media-type-changed",
    why: "A client that asks for or expects application/json gets something else.",
    changes: [
      {
        file: PATIENT,
        in: ["components:", "responses:", "Patient:"],
        replace: "application/json:",
        by: "application/vnd.specimen+json:▸",
      },
      { file: PATIENT, in: ["components:", "responses:", "Patient:"], mark: "content:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-header-removed",
    why: "A client follows Location to what it created.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreated:", "headers:"],
        remove: "Location:",
      },
      { file: PATIENT, in: ["PatientCreated:"], mark: "headers:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-header-added",
    why: "A client ignores headers that it does not know (RFC 9110, 5.1).",
    changes: [
      {
        file: PATIENT,
        in: ["components:", "responses:", "PatientCreated:"],
        replace: "$ref: shared/headers.yaml#/Location",
        by: "$ref: shared/headers.yaml#/Location\n        Retry-After:▸\n          $ref: shared/headers.yaml#/RetryAfter",
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "response-header-now-optional",
    why: "A client takes the ETag for the If-Match of its update, and may find none.",
    changes: [{ file: HEADERS, in: ["ETag:"], replace: "required: true", by: "required: ▸false" }],
    verdict: "major",
    redoclyAlone: "patch",
  },
  {
    name: "response-header-now-required",
    why: "A client that may find Retry-After always does.",
    changes: [{ file: HEADERS, in: ["RetryAfter:"], replace: "required: false", by: "required: ▸true" }],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "response-header-longer",
    why: "A client has room for 256 characters of Location.",
    changes: [{ file: HEADERS, in: ["Location:"], replace: "maxLength: 256", by: "maxLength: ▸512" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "response-header-shorter",
    why: "Links are never longer than a client is ready for.",
    changes: [{ file: HEADERS, in: ["Link:"], replace: "maxLength: 1024", by: "maxLength: ▸512" }],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "gateway-error-longer",
    why: "Every refusal of the gateway has this body, although no operation of openapi/ names it.",
    changes: [
      { file: SCHEMAS, in: ["GatewayError:", "message:"], replace: "maxLength: 512", by: "maxLength: ▸1024" },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "gateway-error-property-added",
    why: "The schema is open: a client had to be ready for more.",
    changes: [
      {
        file: SCHEMAS,
        in: ["GatewayError:"],
        after: "properties:",
        insert: ["  retryable:▸", "    type: boolean"],
      },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "gateway-error-closed",
    why: "More is promised of the refusals: nothing else comes.",
    changes: [
      {
        file: SCHEMAS,
        in: ["GatewayError:"],
        after: "type: object",
        insert: ["additionalProperties: ▸false"],
      },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "shared-response-loses-its-body",
    why: "A 503 says in its body whether a change may have been made.",
    changes: [
      { file: RESPONSES, in: ["Unavailable:"], remove: "content:" },
      { file: RESPONSES, mark: "Unavailable:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
];
