import type { Finding } from "../finding.ts";
import type { JsonObject } from "../load/json.ts";
import { publishedDocument } from "../emit/published-document.ts";
import type { ApiModel, GatewayModel, PlatformModel } from "../model/model.ts";
import { checkImport } from "./check-import.ts";
import { Compilation } from "./lower/compilation.ts";
import { loseComponents } from "./lower/lower-components.ts";
import { lowerDocument } from "./lower/lower-document.ts";
import type { Loss } from "./losses.ts";

/** What APIM imports of an API, and what it does not see. */
export interface ApimImport {
  readonly document: JsonObject;
  readonly losses: readonly Loss[];
  /** Why APIM would not import the document, or not as it is meant. */
  readonly findings: readonly Finding[];
}

/**
 * Compiles a contract to the OpenAPI 3.0.3 document that APIM imports without loss or complaint that is not said here
 * ("API import restrictions and known issues"): only public operations, at their place below the API's path; no
 * reference but to a schema, no recursion, no extension, every schema of a body named. A member of the contract is in
 * the document or in the losses.
 */
export function compileImport(api: ApiModel, gateway: GatewayModel, model: PlatformModel): ApimImport {
  const compilation = new Compilation(api, publishedDocument(api, model), model);
  const lowered = lowerDocument(api, gateway, compilation);
  loseComponents(api, compilation);
  const document = { ...lowered, components: { schemas: compilation.schemas() } };
  checkImport(document, api, compilation);
  return { document, losses: compilation.losses(), findings: compilation.findings };
}
