import type { PlatformModel } from "../model/model.ts";
import { jsonFile, type OutputFile } from "./output.ts";
import { publishedDocument } from "./published-document.ts";

/** The bundled 3.1 document of each API, internal operations included. */
export function emitDocuments(model: PlatformModel): OutputFile[] {
  return model.apis.map((api) => jsonFile(`${api.name}/openapi.json`, publishedDocument(api, model)));
}
