import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The operation that is added: a path, its record in the register, a policy of its own, an answer with an example. */
const PATH = `  /patient/{patientId}/initials:
    parameters:
      - $ref: "#/components/parameters/PatientId"
    get:
      operationId: getPatientInitials
      summary: Read a patient's initials
      description: Reads the initials of one patient.
      tags: [Patients]
      x-audit:
        { action: read, resource: patient, id: $request.path.patientId, subject: $request.path.patientId }
      x-apim-policies:
        - rate-limit: { calls: 2, renewal-period: 60 }
      responses:
        "200":
          description: The initials.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/PatientInitials"
              examples:
                vera:
                  value: { initials: V }
        "404":
          $ref: shared/responses.yaml#/PatientNotFound
        "500":
          $ref: shared/responses.yaml#/InternalError
        "503":
          $ref: shared/responses.yaml#/Unavailable

`;

const SCHEMA = `    PatientInitials:
      type: object
      additionalProperties: false
      required: [initials]
      properties:
        initials: { type: string, minLength: 1, maxLength: 2, description: Of the first and the last name. }
`;

const HANDLER = `import type { Reply } from "../../generated/patient/types.ts";
import { problem } from "../../runtime/problem/problem.ts";
import type { PatientHandlers } from "./context.ts";

/** Reads a patient's initials. @throws {Problem} \`patient-not-found\` */
export const getPatientInitials: PatientHandlers["getPatientInitials"] = async (
  { path },
  { patients },
): Promise<Reply<"getPatientInitials">> => {
  const patient = await patients.find({ _id: path.patientId.toLowerCase() });
  if (!patient) throw problem("patient-not-found");
  const initials = [patient.firstName, patient.lastName].map((name) => name?.charAt(0) ?? "").join("");
  return { status: 200, body: { initials } };
};
`;

export const CONTRACT = "openapi/patient.yaml";
export const HANDLER_FILE = "handlers/patient/get-patient-initials.ts";
export const OPERATION = { operationId: "getPatientInitials", path: "/patient/{patientId}/initials" };

/** What a person edits. @throws {Error} when the contract has no place for it any more */
export function editContract(folder: string): void {
  const file = join(folder, CONTRACT);
  const text = readFileSync(file, "utf8");
  const withSchema = insertAfter(text, "\n  schemas:\n", SCHEMA);
  writeFileSync(file, insertAfter(withSchema, "\npaths:\n", PATH));
}

/** What a person writes. */
export function writeHandler(folder: string): void {
  writeFileSync(join(folder, HANDLER_FILE), HANDLER);
}

function insertAfter(text: string, place: string, what: string): string {
  const index = text.indexOf(place);
  if (index < 0) throw new Error(`${CONTRACT} has no ${place.trim()}`);
  return text.slice(0, index + place.length) + what + text.slice(index + place.length);
}
