import type { Position } from "../finding.ts";
import type { JsonObject, Schema } from "../load/json.ts";
import type { Locations } from "../load/locations.ts";
import type { PolicyDocuments } from "../policies/policy-documents.ts";
import type { XmlElement } from "../policies/xml.ts";

/** Everything that the emitters know. They read nothing else: no file, no YAML. */
export interface PlatformModel {
  readonly apis: readonly ApiModel[];
  readonly products: readonly ProductModel[];
  /** The policy documents of every scope. */
  readonly policies: PolicyDocuments;
  /** `apim-policies/global.xml`. */
  readonly globalPolicy: PolicySource;
  readonly locations: Locations;
}

/** A policy document that a person wrote. */
export interface PolicySource {
  /** `apim-policies/global.xml`. */
  readonly file: string;
  readonly root: XmlElement;
}

/** A product of the gateway: what a subscription is for. */
export interface ProductModel {
  readonly id: string;
  readonly policy: PolicySource;
}

/** One contract. */
export interface ApiModel {
  /** `patient` of `openapi/patient.yaml`. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** The contract's file and those it refers to, its own first. */
  readonly files: readonly [string, ...string[]];
  /** The bundled 3.1 document. */
  readonly document: JsonObject;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** In the order of the contract. */
  readonly operations: readonly OperationModel[];
  /** Fragments bound to the whole API. */
  readonly policies: readonly PolicyUse[];
  /** `null` when every operation is internal: then the gateway does not know the API. */
  readonly gateway: GatewayModel | null;
}

/** How the gateway publishes an API. */
export interface GatewayModel {
  /** The first segment of the public paths, `patient`. */
  readonly path: string;
  readonly products: readonly string[];
  /** The vault secret that opens the app's functions, and whether it opens all of them (`host`) or those published. */
  readonly backendKey: { readonly secret: string; readonly kind: "host" | "function" };
}

export interface OperationModel {
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  /** The contract's path, `/patient/{patientId}`. */
  readonly path: string;
  readonly summary: string;
  readonly at: Position;
  /** Not on the gateway. */
  readonly internal: boolean;
  readonly audit: AuditModel | null;
  readonly parameters: readonly ParameterModel[];
  readonly body: BodyModel | null;
  readonly responses: readonly ResponseModel[];
  /** What answers a path parameter that breaks its schema. */
  readonly invalidPathStatus: 400 | 404;
  readonly policies: readonly PolicyUse[];
  /** The operation as the bundled document has it. */
  readonly node: JsonObject;
}

/** `x-audit`. */
export interface AuditModel {
  readonly action: string;
  readonly resource: string;
  readonly id: string | null;
  readonly subject: string | null;
}

export type ParameterPlace = "path" | "query" | "header";
export type ParameterType = "string" | "integer" | "number" | "boolean";

export interface ParameterModel {
  /** As the contract writes it; the name of a header in lower case. */
  readonly name: string;
  readonly in: ParameterPlace;
  readonly required: boolean;
  /** The type of the value, or of the items of a list. */
  readonly type: ParameterType;
  readonly array: boolean;
  readonly schema: Schema;
  /** `x-invalid-status`, or the default of 404. Only for path parameters. */
  readonly invalidStatus: 400 | 404;
  readonly at: Position;
}

export interface BodyModel {
  readonly required: boolean;
  /** In lower case, without parameters. */
  readonly contentTypes: readonly string[];
  readonly schema: Schema;
  /** In bytes. */
  readonly maxBytes: number;
}

export interface ResponseModel {
  /** `"200"`. */
  readonly status: string;
  /** Who makes it: a handler returns it, or the pipeline turns an error into it. */
  readonly origin: "handler" | "problem";
  readonly headers: readonly HeaderModel[];
  readonly content: { readonly contentType: string; readonly schema: Schema } | null;
}

export interface HeaderModel {
  /** In lower case. */
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

/** A fragment bound to an API or an operation by `x-apim-policies`. */
export interface PolicyUse {
  readonly fragment: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly at: Position;
}
