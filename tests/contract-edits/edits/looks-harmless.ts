import type { ContractEdit } from "../contract-edit.ts";
import { PATIENT } from "./files.ts";

const GIVEN_NAME = '$ref: "#/components/schemas/GivenName"';

/** What looks like tidying up, and refuses requests. */
export const looksHarmlessEdits: readonly ContractEdit[] = [
  {
    name: "narrowed-within-all-of",
    why: "The second schema refuses what the first one takes.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreate:", "firstName:"],
        replace: GIVEN_NAME,
        by: `allOf: ▸[{ ${GIVEN_NAME} }, { type: string, maxLength: 40 }]`,
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "narrowed-beside-a-reference",
    why: "In OpenAPI 3.1 what stands beside a $ref holds too.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientCreate:", "firstName:"],
        replace: GIVEN_NAME,
        by: `${GIVEN_NAME}\n          type: string\n          maxLength: ▸40`,
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "pattern-beside-a-reference",
    why: "A UUID in upper case was accepted in a body.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientReplace:", "id:"],
        replace: "$ref: shared/schemas.yaml#/Uuid",
        by: "$ref: shared/schemas.yaml#/Uuid\n          type: string\n          pattern: ▸^[0-9a-f-]+$",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "closed-schemas-combined",
    why: "Each closed schema of an allOf refuses what only the other knows: a patient with its id is refused.",
    changes: [
      {
        file: PATIENT,
        in: ["/patient/{patientId}:", "put:", "requestBody:"],
        replace: '$ref: "#/components/schemas/PatientReplace"',
        by: 'allOf: ▸[{ $ref: "#/components/schemas/PatientCreate" }, { $ref: "#/components/schemas/PatientReplace" }]',
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "name-without-digits",
    why: 'The pattern was for control characters; now it refuses a name such as "Vera 2".',
    changes: [
      {
        file: PATIENT,
        in: ["GivenName:"],
        replace: String.raw`pattern: ^[^\u0000-\u001f]*[^\s\u0000-\u001f][^\u0000-\u001f]*$`,
        by: String.raw`pattern: ▸^[^\d\u0000-\u001f]*[^\s\d\u0000-\u001f][^\d\u0000-\u001f]*$`,
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "swapped-for-a-schema-of-the-same-look",
    why: "Post codes have four characters, contact numbers up to 32; the property was a contact number.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientSearch:", "preferredContactNumber:"],
        replace: '$ref: "#/components/schemas/ContactNumber"',
        by: '$ref: ▸"#/components/schemas/PostCode"',
      },
      { file: PATIENT, in: ["PostCode:"], mark: "minLength: 4" },
      { file: PATIENT, in: ["PostCode:"], mark: "maxLength: 4" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "optional-property-renamed",
    why: "The old name is refused by the closed schema.",
    changes: [
      {
        file: PATIENT,
        in: ["PatientSearch:", "properties:"],
        replace: "dateOfBirthFrom:",
        by: "bornFrom:▸",
      },
      {
        file: PATIENT,
        in: ["/patient/search:", "requestBody:"],
        replace: "dateOfBirthFrom:",
        by: "bornFrom:",
      },
      { file: PATIENT, in: ["PatientSearch:"], mark: "properties:" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
];
