import { bodySchemaNamed } from "./body-schema-named.ts";
import { bodylessStatus } from "./bodyless-status.ts";
import { closedRequestBody } from "./closed-request-body.ts";
import { conditionalUpdate } from "./conditional-update.ts";
import { createdLocation } from "./created-location.ts";
import { deleteBody } from "./delete-body.ts";
import { errorIsProblem } from "./error-is-problem.ts";
import { examplePerBody } from "./example-per-body.ts";
import { gatewayStatus } from "./gateway-status.ts";
import { headerDescription } from "./header-description.ts";
import { headerExample } from "./header-example.ts";
import { limitArrays } from "./limit-arrays.ts";
import { limitNumbers } from "./limit-numbers.ts";
import { limitStrings } from "./limit-strings.ts";
import { linkTarget } from "./link-target.ts";
import { listPagination } from "./list-pagination.ts";
import { numberPrecision } from "./number-precision.ts";
import { operationIdVerb } from "./operation-id-verb.ts";
import { pathParameterForm } from "./path-parameter-form.ts";
import { patternAnchored } from "./pattern-anchored.ts";
import { personalDataInAddress } from "./personal-data-in-address.ts";
import { propertyDescription } from "./property-description.ts";
import { rateLimited } from "./rate-limited.ts";
import { refSiblings } from "./ref-siblings.ts";
import { schemaPerUse } from "./schema-per-use.ts";
import { schemaType } from "./schema-type.ts";
import { statusDeclared } from "./status-declared.ts";
import type { LintRule } from "./visiting/redocly.ts";

/** The rules that Redocly has no equal of, each under the name of its file. */
export const PLUGIN_RULES: Readonly<Record<string, LintRule>> = {
  "body-schema-named": bodySchemaNamed,
  "bodyless-status": bodylessStatus,
  "closed-request-body": closedRequestBody,
  "conditional-update": conditionalUpdate,
  "created-location": createdLocation,
  "delete-body": deleteBody,
  "error-is-problem": errorIsProblem,
  "example-per-body": examplePerBody,
  "gateway-status": gatewayStatus,
  "header-description": headerDescription,
  "header-example": headerExample,
  "limit-arrays": limitArrays,
  "limit-numbers": limitNumbers,
  "limit-strings": limitStrings,
  "link-target": linkTarget,
  "list-pagination": listPagination,
  "number-precision": numberPrecision,
  "operation-id-verb": operationIdVerb,
  "path-parameter-form": pathParameterForm,
  "pattern-anchored": patternAnchored,
  "personal-data-in-address": personalDataInAddress,
  "property-description": propertyDescription,
  "rate-limited": rateLimited,
  "ref-siblings": refSiblings,
  "schema-per-use": schemaPerUse,
  "schema-type": schemaType,
  "status-declared": statusDeclared,
};

/** What `redocly.yaml` loads: Redocly asks for a default export. */
export default function plugin(): { id: string; rules: { oas3: Readonly<Record<string, LintRule>> } } {
  return { id: "lint", rules: { oas3: PLUGIN_RULES } };
}
