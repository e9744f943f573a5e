import type { PlatformModel } from "../model/model.ts";
import { plainArtefact, POLICY_FOLDER, type Artefact } from "./artefact.ts";
import { jsonFile } from "./output.ts";
import { publishedDocument } from "./published-document.ts";

/** The bundled 3.1 document of each API, internal operations included. */
export function emitDocuments(model: PlatformModel): Artefact[] {
  return model.apis.map((api) =>
    plainArtefact(jsonFile(documentPath(api.name), publishedDocument(api, model)), [
      ...api.files,
      POLICY_FOLDER,
    ]),
  );
}

/** Where the bundled document of an API is, relative to `generated/`. */
export function documentPath(api: string): string {
  return `${api}/openapi.json`;
}
