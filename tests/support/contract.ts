import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { contractDocument } from "./contract-document.ts";
import type { ContractDocument, Place } from "./contract-document.ts";
import { isPartialDate } from "./partial-date.ts";
import { responseFaults } from "./response-faults.ts";
import type { ReceivedAnswer } from "./response-faults.ts";

const generated = join(import.meta.dirname, "../../generated");

/** One operation of a contract. */
export interface ContractOperation {
  readonly operationId: string;
  /** The API's name, `patient`. */
  readonly api: string;
  readonly method: string;
  readonly path: string;
  readonly internal: boolean;
  readonly audited: boolean;
  /** Its place in the document, as a JSON pointer. */
  readonly pointer: string;
  readonly statuses: readonly string[];
  /** Each status with each of its media types: `404 application/json`, and `204` for one without a body. */
  readonly answers: readonly string[];
  /** The parameters of each place, `query` or `header`; header names in lower case. */
  readonly parameters: readonly { readonly in: string; readonly name: string }[];
  readonly takesBody: boolean;
}

/** The contracts, read as a client would: with a JSON Schema validator of its own, not with the generated ones. */
export interface Contract {
  readonly operations: ReadonlyMap<string, ContractOperation>;
  /** The operation that a request is for, when there is one. @param pathname of its URL */
  operationAt(method: string, pathname: string): ContractOperation | undefined;
  /** What is wrong with an answer of an operation; empty when nothing is. */
  faults(operationId: string, answer: ReceivedAnswer): string[];
}

export function readContract(): Contract {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, allErrors: true });
  formats.default(ajv);
  ajv.addFormat("partial-date", isPartialDate);
  const documents = new Map<string, ContractDocument>();
  for (const api of ["patient", "audit"]) {
    const json = JSON.parse(readFileSync(join(generated, api, "openapi.json"), "utf8")) as object;
    ajv.addSchema(json, api);
    documents.set(api, contractDocument(json));
  }
  const all = [...documents].flatMap(([api, document]) => operationsOf(api, document));
  const operations = new Map(all.map((one) => [one.operationId, one]));
  const compiled = new Map<string, ValidateFunction>();
  return {
    operations,
    operationAt: (method, pathname) => all.filter(isAt(method, pathname)).sort(byParameters)[0],
    faults(operationId, answer) {
      const operation = operations.get(operationId);
      const document = documents.get(operation?.api ?? "");
      if (!operation || !document) return ["no such operation in the contract"];
      if (!operation.statuses.includes(String(answer.status)))
        return [`status ${answer.status} is not declared`];
      const place = document.find(`${operation.pointer}/responses/${answer.status}`);
      return responseFaults(document, place, answer, (pointer) => {
        const reference = `${operation.api}${pointer}`;
        const validate = compiled.get(reference) ?? ajv.compile({ $ref: reference });
        compiled.set(reference, validate);
        return validate;
      });
    },
  };
}

function operationsOf(api: string, document: ContractDocument): ContractOperation[] {
  return document.children(document.find("#/paths")).flatMap(([path, item]) =>
    document
      .children(item)
      .filter(([, { value }]) => typeof value.operationId === "string")
      .map(([method, place]) =>
        operationOf(document, { api, path, method: method.toUpperCase() }, place, item),
      ),
  );
}

function operationOf(
  document: ContractDocument,
  known: Pick<ContractOperation, "api" | "path" | "method">,
  { pointer, value }: Place,
  item: Place,
): ContractOperation {
  const responses = document.children(document.find(`${pointer}/responses`));
  const parameters = [item.pointer, pointer].flatMap((owner) =>
    document.children(document.find(`${owner}/parameters`)),
  );
  return {
    ...known,
    operationId: String(value.operationId),
    internal: value["x-internal"] === true,
    audited: value["x-audit"] !== undefined && !("none" in Object(value["x-audit"])),
    pointer,
    statuses: responses.map(([status]) => status),
    answers: responses.flatMap(([status, response]) => {
      const mediaTypes = Object.keys(response.value.content ?? {});
      return mediaTypes.length > 0 ? mediaTypes.map((mediaType) => `${status} ${mediaType}`) : [status];
    }),
    parameters: parameters.map(([, one]) => ({
      in: String(one.value.in),
      name: one.value.in === "header" ? String(one.value.name).toLowerCase() : String(one.value.name),
    })),
    takesBody: value.requestBody !== undefined,
  };
}

/** API Management tolerates a slash at the end. */
const isAt = (method: string, pathname: string) => (operation: ContractOperation) =>
  operation.method === method &&
  new RegExp(`^${operation.path.replace(/\{\w+\}/g, "[^/]+")}/?$`).test(pathname);

/** `/patient/search` is more than one of `/patient/{patientId}`. */
const byParameters = (one: ContractOperation, other: ContractOperation) =>
  one.path.split("{").length - other.path.split("{").length;
