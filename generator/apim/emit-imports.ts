import { ContractError } from "../finding.ts";
import { headline, jsonFile, type OutputFile } from "../emit/output.ts";
import type { PlatformModel } from "../model/model.ts";
import { compileImport } from "./import-document.ts";
import { formatPosition, type Loss } from "./losses.ts";

/**
 * The import document of each published API, and what APIM does not see of its contract.
 * @throws {ContractError} with everything that keeps APIM from importing them
 */
export function emitImports(model: PlatformModel): OutputFile[] {
  const imports = model.apis.flatMap((api) =>
    api.gateway ? [{ api, ...compileImport(api, api.gateway, model) }] : [],
  );
  const findings = imports.flatMap((one) => one.findings);
  if (findings.length > 0) throw new ContractError(findings);
  return imports.flatMap(({ api, document, losses }) => {
    const folder = `apim/apis/${api.name}`;
    const $comment = headline([api.files[0]]);
    return [
      jsonFile(`${folder}/import.json`, document),
      jsonFile(`${folder}/provenance.json`, { $comment, losses: losses.map(describe) }),
    ];
  });
}

function describe({ at, where, lost, enforcedBy }: Loss): object {
  return { source: formatPosition(at), where, lost, enforcedBy };
}
