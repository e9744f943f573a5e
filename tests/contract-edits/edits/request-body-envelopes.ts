import type { ContractEdit } from "../contract-edit.ts";
import { PATIENT } from "./files.ts";

/** What stands around a body: whether it is there, of which type, how large. */
export const requestBodyEnvelopeEdits: readonly ContractEdit[] = [
  {
    name: "body-limit-lowered",
    why: "A body of 2 MiB was accepted without a word in the contract; a test with many observations is refused.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}/tests:", "post:", "requestBody:"],
        replace: "required: true",
        by: "x-max-bytes: ▸65536\n        required: true",
      },
    ],
    verdict: "major",
    redoclyAlone: "patch",
  },
  {
    name: "body-limit-raised",
    why: "Larger tests are accepted.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}/tests:", "post:", "requestBody:"],
        replace: "required: true",
        by: "x-max-bytes: ▸4194304\n        required: true",
      },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "body-limit-written-out",
    why: "2 MiB is the limit of a body that says none.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}/tests:", "post:", "requestBody:"],
        replace: "required: true",
        by: "x-max-bytes: ▸2097152\n        required: true",
      },
    ],
    verdict: "patch",
    redoclyAlone: "patch",
  },
  {
    name: "body-no-longer-required",
    why: "Who sends a search goes on to.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/search:", "requestBody:"],
        replace: "required: true",
        by: "required: ▸false",
      },
    ],
    verdict: "minor",
    redoclyAlone: "patch",
  },
  {
    name: "body-now-required",
    why: "A deletion has no body today and would be refused.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}:", "delete:"],
        replace: "responses:",
        by: [
          "requestBody:▸",
          "        required: ▸true",
          "        content:",
          "          application/json:",
          "            schema: { type: string, maxLength: 64 }",
          "      responses:",
        ].join("\n"),
      },
    ],
    verdict: "major",
    redoclyAlone: "minor",
  },
  {
    name: "body-now-possible",
    why: "A deletion may say why; those that do not are as good as before.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}:", "delete:"],
        replace: "responses:",
        by: [
          "requestBody:▸",
          "        content:",
          "          application/json:",
          "            schema: { type: string, maxLength: 64 }",
          "      responses:",
        ].join("\n"),
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "body-media-type-added",
    why: "application/json is still accepted.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient:", "post:", "requestBody:"],
        replace: "application/json:",
        by: 'application/vnd.specimen+json:▸\n            schema:\n              $ref: "#/components/schemas/PatientCreate"\n          application/json:',
      },
    ],
    verdict: "minor",
    redoclyAlone: "minor",
  },
  {
    name: "body-media-type-replaced",
    why: "What is sent as application/json is answered with 415.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient:", "post:", "requestBody:"],
        replace: "application/json:",
        by: "application/vnd.specimen+json:▸",
      },
      { file: PATIENT, in: ["/patient:", "post:", "requestBody:"], mark: "content:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "body-removed-from-contract",
    why: "The reason that a search gives its criteria is gone: a body that is sent is no longer read.",
    changes: [
      { file: PATIENT, in: ["/patient/search:", "post:"], remove: "requestBody:" },
      { file: PATIENT, in: ["/patient/search:"], mark: "post:" },
      { file: PATIENT, in: ["/patient/search:"], mark: "operationId: searchPatients" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
];
