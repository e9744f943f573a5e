/** "Truncate to fit 76 characters, four characters less than maximum limit for a resource name". */
export const MAX_NAME = 76;

/**
 * The name that APIM gives an operation, by its "Normalization rules for operationId" ("API import restrictions and
 * known issues"): lower case, each sequence of anything but letters and digits a dash, no dash at either end, 76
 * characters at most.
 * @example operationName("GET-/foo/{bar}?buzz={quix}") // "get-foo-bar-buzz-quix"
 */
export function operationName(operationId: string): string {
  const dashed = operationId.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return dashed.replaceAll(/^-|-$/g, "").slice(0, MAX_NAME);
}
