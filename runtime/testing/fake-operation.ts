import type { OperationDefinition, ResponseDefinition, Validator } from "../operation.ts";
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

/** The schema of a response, as the generator puts it together. */
export function responseValidator(parts: { readonly headers?: object; readonly body?: object }): Validator {
  const { headers = {}, body } = parts;
  return contractSchema({
    type: "object",
    required: ["headers", ...(body ? ["body"] : [])],
    properties: {
      headers: { type: "object", additionalProperties: false, ...headers },
      body: body ?? false,
    },
  });
}

const etag = { type: "string", pattern: '^"[0-9]+"$' };
const needsEtag = { required: ["etag"], properties: { etag } };
const anything = responseValidator({ headers: { properties: { etag } }, body: {} });

const PROBLEM: ResponseDefinition = {
  contentType: "application/problem+json",
  validate: responseValidator({
    headers: { properties: { "retry-after": { type: "integer", minimum: 0 } } },
    body: { $ref: "shared/schemas.yaml#/Problem" },
  }),
};

const PROBLEMS = Object.fromEntries(
  [400, 404, 412, 413, 415, 500, 503].map((status): [string, ResponseDefinition] => [
    String(status),
    PROBLEM,
  ]),
);

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
    ...PROBLEMS,
    "200": {
      contentType: "application/json",
      validate: responseValidator({
        headers: needsEtag,
        body: { $ref: "patient.yaml#/components/schemas/Patient" },
      }),
    },
    "304": { contentType: null, validate: responseValidator({ headers: needsEtag }) },
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
  responses: { ...PROBLEMS, "201": { contentType: "application/json", validate: anything } },
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
  responses: { ...PROBLEMS, "200": { contentType: "application/json", validate: anything } },
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
