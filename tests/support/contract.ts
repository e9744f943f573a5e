import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const generated = join(import.meta.dirname, "../../generated");

/** One operation of a contract, found by its id. */
export interface ContractOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly internal: boolean;
  /** Where it stands in the bundled document, as a JSON pointer. */
  readonly pointer: string;
  readonly statuses: readonly string[];
}

/** The contracts, read as a client would: with a JSON Schema validator of its own, not with the generated ones. */
export interface Contract {
  readonly operations: ReadonlyMap<string, ContractOperation>;
  /**
   * What is wrong with an answer of an operation; empty when nothing is.
   * @param body parsed JSON, `undefined` when there is none
   */
  faults(
    operationId: string,
    answer: { status: number; contentType: string | null; body: unknown },
  ): string[];
}

interface Document {
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, unknown>; "x-internal"?: boolean }>
  >;
}

export function readContract(): Contract {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, allErrors: true });
  formats.default(ajv);
  ajv.addFormat("partial-date", (text) => isPartialDate(text));
  const operations = new Map<string, ContractOperation>();
  const documents = new Map<string, Document>();
  for (const api of ["patient", "audit"]) {
    const document = JSON.parse(readFileSync(join(generated, api, "openapi.json"), "utf8")) as Document;
    ajv.addSchema(document, api);
    documents.set(api, document);
    for (const operation of operationsOf(api, document)) operations.set(operation.operationId, operation);
  }
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: pointer });
    compiled.set(pointer, validate);
    return validate;
  };
  return { operations, faults: (id, answer) => faultsOf(operations.get(id), answer, documents, validator) };
}

function operationsOf(api: string, { paths }: Document): ContractOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => typeof operation.operationId === "string")
      .map(([method, operation]) => ({
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        internal: operation["x-internal"] === true,
        pointer: `${api}#/paths/${escape(path)}/${method}`,
        statuses: Object.keys(operation.responses),
      })),
  );
}

function faultsOf(
  operation: ContractOperation | undefined,
  { status, contentType, body }: { status: number; contentType: string | null; body: unknown },
  documents: ReadonlyMap<string, Document>,
  validator: (pointer: string) => ValidateFunction,
): string[] {
  if (!operation) return ["no such operation in the contract"];
  const api = operation.pointer.split("#")[0] ?? "";
  if (!operation.statuses.includes(String(status))) return [`status ${status} is not declared`];
  const [pointer, response] = deref(documents.get(api), api, `${operation.pointer}/responses/${status}`);
  const content = (response as { content?: Record<string, unknown> }).content;
  if (!content) return body === undefined ? [] : ["a body where the contract has none"];
  const mediaType = contentType?.split(";")[0] ?? "";
  if (!(mediaType in content)) return [`content type ${mediaType} is not declared for status ${status}`];
  const validate = validator(`${pointer}/content/${escape(mediaType)}/schema`);
  return validate(body)
    ? []
    : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ""}`);
}

/** Follows `$ref` from a pointer; returns where it ends, and what is there. */
function deref(document: unknown, api: string, pointer: string): [string, unknown] {
  const parts = pointer.slice(pointer.indexOf("#/") + 2).split("/");
  let value: unknown = document;
  for (const part of parts) value = (value as Record<string, unknown>)[unescape(part)];
  const reference = (value as { $ref?: string }).$ref;
  return reference === undefined ? [pointer, value] : deref(document, api, `${api}${reference}`);
}

function escape(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")).replaceAll("%7E", "~");
}

function unescape(part: string): string {
  return decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
}

function isPartialDate(text: string): boolean {
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined || year === "0000") return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}
