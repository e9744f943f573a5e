import {
  isObject,
  isSchema,
  listAt,
  stringAt,
  type Json,
  type JsonObject,
  type Schema,
} from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { ParameterModel, ParameterPlace, ParameterType } from "./model.ts";

/** The parameters of an operation: its own, and those of its path that it does not replace (OpenAPI 3.1.1, 4.8.10). */
export function readParameters(
  path: JsonObject,
  operation: JsonObject,
  reader: ContractReader,
): ParameterModel[] {
  const byKey = new Map<string, ParameterModel>();
  for (const node of [...listAt(path, "parameters"), ...listAt(operation, "parameters")]) {
    const parameter = readParameter(reader.deref(node), reader);
    if (parameter) byKey.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...byKey.values()];
}

function readParameter(node: JsonObject, reader: ContractReader): ParameterModel | undefined {
  const name = stringAt(node, "name");
  const place = placeOf(node);
  const schema = node.schema;
  if (name === undefined || place === undefined || !isSchema(schema)) {
    reader.report(
      node,
      "in",
      "contract/parameter",
      "a parameter has a name, a schema and is in path, query or header",
    );
    return undefined;
  }
  const shape = shapeOf(schema, reader);
  if (!shape) {
    reader.report(
      node,
      "schema",
      "contract/parameter-type",
      `the schema of ${name} has no scalar type, nor a list of one`,
    );
    return undefined;
  }
  return {
    name: place === "header" ? name.toLowerCase() : name,
    in: place,
    required: node.required === true,
    ...shape,
    schema,
    invalidStatus: readInvalidStatus(node, place, reader),
    at: reader.at(node),
  };
}

function placeOf(node: JsonObject): ParameterPlace | undefined {
  const place = node.in;
  return place === "path" || place === "query" || place === "header" ? place : undefined;
}

function shapeOf(
  schema: Schema,
  reader: ContractReader,
): { type: ParameterType; array: boolean } | undefined {
  const resolved = isObject(schema) ? reader.deref(schema) : {};
  if (resolved.type !== "array") {
    const type = scalarType(resolved.type);
    return type && { type, array: false };
  }
  const type = scalarType(reader.deref(resolved.items).type);
  return type && { type, array: true };
}

function scalarType(type: Json | undefined): ParameterType | undefined {
  return type === "string" || type === "integer" || type === "number" || type === "boolean"
    ? type
    : undefined;
}

function readInvalidStatus(node: JsonObject, place: ParameterPlace, reader: ContractReader): 400 | 404 {
  const value = node["x-invalid-status"];
  const isValid = value === undefined || ((value === 400 || value === 404) && place === "path");
  if (!isValid) {
    reader.report(node, "x-invalid-status", "contract/invalid-status", "400 or 404, on a path parameter");
  }
  return value === 400 ? 400 : 404;
}
