/**
 * What the generator says of one operation of a contract. `generated/<api>/operations.ts` holds one for each; the
 * pipeline reads nothing else.
 */
export interface OperationDefinition {
  readonly operationId: string;
  /** Upper case, `GET`. */
  readonly method: string;
  /** The contract's path, `/patient/{patientId}`. */
  readonly path: string;
  /** Not on the gateway, not in the portal. */
  readonly internal: boolean;
  /** What is recorded of each access; `null` for an operation that touches no audited data. */
  readonly audit: AuditDefinition | null;
  readonly parameters: readonly ParameterDefinition[];
  /** `null` when the operation takes no body; a body that is sent all the same is not read. */
  readonly body: BodyDefinition | null;
  /** What answers a path parameter that breaks its schema (DESIGN, decision 6). */
  readonly invalidPathStatus: 400 | 404;
  /** Takes `{ path, query, headers, body, today }`, `today` as `YYYY-MM-DD`. */
  readonly validateRequest: Validator;
  /** By status, `"200"`. */
  readonly responses: Readonly<Record<string, ResponseDefinition>>;
}

/** `x-audit`: the access that an operation makes. */
export interface AuditDefinition {
  readonly action: "create" | "read" | "update" | "delete" | "search" | "export";
  /** The type of the resource, `patient`. */
  readonly resource: string;
  /** An OpenAPI runtime expression, `$new` for the id that the pipeline makes, or `null` when the request names none. */
  readonly id: string | null;
  /** Whom the data is about, in the same notation. */
  readonly subject?: string | null;
}

/** A parameter of the contract. Header names are in lower case. */
export interface ParameterDefinition {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly type: "string" | "integer" | "number" | "boolean";
  readonly array: boolean;
}

export interface BodyDefinition {
  readonly required: boolean;
  /** Media types in lower case, without parameters. */
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
}

export interface ResponseDefinition {
  /** `null` for a response without a body. */
  readonly contentType: string | null;
  /** Takes `{ headers, body }`, header names in lower case. */
  readonly validate: Validator;
}

/** A function that ajv compiled. After `false` it holds its findings in `errors`, until its next call. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly ValidatorError[] | null;
}

export interface ValidatorError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
