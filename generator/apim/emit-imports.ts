import { headline, jsonFile, type OutputFile } from "../emit/output.ts";
import type { PlatformModel } from "../model/model.ts";
import { compileImport } from "./import-document.ts";

/** The import document of each published API, and what APIM does not see of its contract. */
export function emitImports(model: PlatformModel): OutputFile[] {
  return model.apis.flatMap((api) => {
    if (!api.gateway) return [];
    const { document, losses } = compileImport(api, api.gateway, model);
    const folder = `apim/apis/${api.name}`;
    return [
      jsonFile(`${folder}/import.json`, document),
      jsonFile(`${folder}/provenance.json`, { $comment: headline([api.files[0]]), losses }),
    ];
  });
}
