import { isObject, isSchema, objectAt, type JsonObject, type Schema } from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { BodyModel } from "./model.ts";

/** In bytes, 2 MiB. */
const DEFAULT_MAX_BYTES = 2_097_152;

/** What an operation takes as its body, or `null`. All its media types share one schema. */
export function readBody(operation: JsonObject, reader: ContractReader): BodyModel | null {
  if (operation.requestBody === undefined) return null;
  const node = reader.deref(operation.requestBody);
  const content = objectAt(node, "content");
  const schemas = Object.values(content).map((media): Schema => {
    const schema = isObject(media) ? media.schema : undefined;
    return isSchema(schema) ? schema : true;
  });
  const [schema = true, ...others] = schemas;
  const isOne = others.every((other) => JSON.stringify(other) === JSON.stringify(schema));
  if (schemas.length === 0 || !isOne) {
    reader.report(node, "content", "contract/body", "a body has one schema, whatever its media types");
  }
  return {
    required: node.required === true,
    contentTypes: Object.keys(content).map((type) => type.toLowerCase()),
    schema,
    maxBytes: readMaxBytes(node, reader),
  };
}

function readMaxBytes(node: JsonObject, reader: ContractReader): number {
  const value = node["x-max-bytes"] ?? DEFAULT_MAX_BYTES;
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  reader.report(node, "x-max-bytes", "contract/max-bytes", "a whole number of bytes above 0");
  return DEFAULT_MAX_BYTES;
}
