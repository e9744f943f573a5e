import { isObject, objectAt, type JsonObject } from "../load/json.ts";
import type { ApiModel } from "../model/model.ts";
import type { Compilation } from "./lower/compilation.ts";

/** "Up to 4 MB when an OpenAPI specification is imported inline" ("API import restrictions and known issues"). */
const MAX_BYTES = 4 * 1024 * 1024;

/** OpenAPI 3.0.3, 4.7.7: the names of components. */
const COMPONENT_NAME = /^[\w.-]+$/;

/** What can only be known of the finished document: its size, the names of its schemas. */
export function checkImport(document: JsonObject, api: ApiModel, compilation: Compilation): void {
  // As it is written to apim/apis/<api>/import.json, which is what is sent.
  const bytes = Buffer.byteLength(JSON.stringify(document, null, 2));
  if (bytes > MAX_BYTES) {
    const message = `APIM imports at most 4 MB inline, this is ${(bytes / 1024 / 1024).toFixed(1)} MB`;
    compilation.report(api.document, undefined, "apim/import-size", message);
  }
  for (const name of Object.keys(objectAt(objectAt(document, "components"), "schemas"))) {
    const source = api.schemas[name];
    if (COMPONENT_NAME.test(name)) continue;
    const message = `${name} is no name for a schema: letters, digits, dots, dashes and underscores are`;
    compilation.report(isObject(source) ? source : api.document, undefined, "apim/schema-name", message);
  }
}
