import type { OperationDefinition, Validator } from "../operation.ts";
import { contractSchema } from "./contract-schema.ts";

/** The schema of a request, as the generator puts it together. */
export function requestValidator(parts: {
  readonly path?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly body?: object;
}): Validator {
  const { path = {}, query = {}, headers = {}, body } = parts;
  const closed = { type: "object", additionalProperties: false };
  return contractSchema({
    type: "object",
    required: ["path", "query", "headers", ...(body ? ["body"] : [])],
    properties: {
      path: { ...closed, properties: path, required: Object.keys(path) },
      query: { ...closed, properties: query },
      headers: { type: "object", properties: headers },
      ...(body && { body }),
    },
  });
}

const anything = contractSchema({ type: "object" });

const GET_PATIENT: OperationDefinition = {
  operationId: "getPatient",
  method: "GET",
  path: "/patient/{patientId}",
  internal: false,
  audit: {
    action: "read",
    resource: "patient",
    id: "$request.path.patientId",
    subject: "$request.path.patientId",
  },
  parameters: [
    { name: "patientId", in: "path", type: "string", array: false },
    { name: "if-none-match", in: "header", type: "string", array: false },
    { name: "x-purpose-of-use", in: "header", type: "string", array: false },
  ],
  body: null,
  invalidPathStatus: 404,
  validateRequest: requestValidator({
    path: { patientId: { $ref: "shared/schemas.yaml#/Uuid" } },
    headers: {
      "if-none-match": { type: "string", minLength: 1, maxLength: 256 },
      "x-purpose-of-use": { $ref: "shared/schemas.yaml#/PurposeOfUse" },
    },
  }),
  responses: {
    "200": {
      contentType: "application/json",
      validate: contractSchema({
        type: "object",
        required: ["headers", "body"],
        properties: {
          headers: { type: "object", required: ["etag"], properties: { etag: { type: "string" } } },
          body: { $ref: "patient.yaml#/components/schemas/Patient" },
        },
      }),
    },
    "304": { contentType: null, validate: anything },
  },
};

const CREATE_PATIENT: OperationDefinition = {
  ...GET_PATIENT,
  operationId: "createPatient",
  method: "POST",
  path: "/patient",
  audit: { action: "create", resource: "patient", id: "$new", subject: "$new" },
  parameters: [],
  body: { required: true, contentTypes: ["application/json"], maxBytes: 2_097_152 },
  validateRequest: requestValidator({ body: { $ref: "patient.yaml#/components/schemas/PatientCreate" } }),
  responses: { "201": { contentType: "application/json", validate: anything } },
};

const SEARCH_PATIENTS: OperationDefinition = {
  ...CREATE_PATIENT,
  operationId: "searchPatients",
  path: "/patient/search",
  audit: { action: "search", resource: "patient", id: null },
  parameters: [
    { name: "limit", in: "query", type: "integer", array: false },
    { name: "cursor", in: "query", type: "string", array: false },
  ],
  validateRequest: requestValidator({
    query: {
      limit: { type: "integer", minimum: 1, maximum: 1000 },
      cursor: { type: "string", minLength: 1, maxLength: 512 },
    },
    body: { $ref: "patient.yaml#/components/schemas/PatientSearch" },
  }),
  responses: { "200": { contentType: "application/json", validate: anything } },
};

/** `getPatient` of the contract, changed as a test needs it. */
export function fakeOperation(changes: Partial<OperationDefinition> = {}): OperationDefinition {
  return { ...GET_PATIENT, ...changes };
}

/** `createPatient` of the contract, changed as a test needs it. */
export function fakeCreate(changes: Partial<OperationDefinition> = {}): OperationDefinition {
  return { ...CREATE_PATIENT, ...changes };
}

/** `searchPatients` of the contract, changed as a test needs it. */
export function fakeSearch(changes: Partial<OperationDefinition> = {}): OperationDefinition {
  return { ...SEARCH_PATIENTS, ...changes };
}
