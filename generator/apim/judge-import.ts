import type { Finding, Position, Severity } from "../finding.ts";
import type { ApiModel, PlatformModel } from "../model/model.ts";
import { compileImport } from "./import-document.ts";
import { pathsOf } from "./reimport/places.ts";
import { publishedOperations } from "./reimport/published-operations.ts";

/**
 * What stands in the way of importing the contracts into APIM: what it would refuse or not import as it is meant, and
 * as warnings what depends on the instance. What the model refuses (`buildModel`) is not repeated here.
 */
export function judgeImport(model: PlatformModel): Finding[] {
  return model.apis.flatMap((api) => {
    if (!api.gateway) return [];
    const { findings } = compileImport(api, api.gateway, model);
    return [...findings, ...judgeCount(api, model), ...judgeAddress(api, api.gateway.path, model)];
  });
}

/** "You've reached the maximum number of Operations (100) in API": what Basic v2 answers, and others may. */
const MAX_OPERATIONS = 100;

function judgeCount(api: ApiModel, model: PlatformModel): Finding[] {
  const count = publishedOperations(api).length;
  if (count <= MAX_OPERATIONS) return [];
  const message = `${count} operations: some tiers of APIM take at most ${MAX_OPERATIONS} in an API`;
  return [finding(pathsOf(api, model), "warning", "apim/operation-count", message)];
}

/** "URL length must be less than 128 characters"; a gateway's host name takes up to 64, `https://` and a slash 9. */
const MAX_PATH = 127 - 64 - 9;

function judgeAddress(api: ApiModel, path: string, model: PlatformModel): Finding[] {
  if (path.length <= MAX_PATH) return [];
  const message = `/${path} leaves a gateway less than the 64 characters that its host name may need: an API's URL has fewer than 128`;
  return [finding(pathsOf(api, model), "warning", "apim/path-length", message)];
}

function finding(
  { file, line, column }: Position,
  severity: Severity,
  rule: string,
  message: string,
): Finding {
  return { file, line, column, severity, rule, message };
}
