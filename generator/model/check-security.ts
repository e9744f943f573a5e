import { isObject, listAt, objectAt, type Json, type JsonObject } from "../load/json.ts";
import type { ContractReader } from "./contract-reader.ts";

/**
 * Proves that what a public operation's `security` asks for is enforced. APIM ignores `security` on import; what it
 * enforces is the subscription key, which the generator makes every published API require.
 */
export function checkSecurity(operation: JsonObject, reader: ContractReader): void {
  const owner = "security" in operation ? operation : reader.document;
  const requirements = listAt(owner, "security");
  if (requirements.length === 0) {
    reader.report(
      operation,
      "operationId",
      "security/missing",
      "a public operation needs security: - subscriptionKey: []",
    );
  }
  for (const requirement of requirements) {
    const schemes = isObject(requirement) ? Object.keys(requirement) : [];
    const unenforced = schemes.find((scheme) => !isSubscriptionKey(schemeAt(reader, scheme)));
    if (schemes.length > 0 && unenforced === undefined) continue;
    const what = unenforced ?? "anonymous access";
    reader.report(
      owner,
      "security",
      "security/not-enforced",
      `no policy stands for ${what}: only the subscription key`,
    );
  }
}

function schemeAt(reader: ContractReader, name: string): JsonObject {
  const components = objectAt(reader.document, "components");
  const scheme: Json | undefined = objectAt(components, "securitySchemes")[name];
  return reader.deref(scheme);
}

function isSubscriptionKey({ type, in: place, name }: JsonObject): boolean {
  return type === "apiKey" && place === "header" && name === "Ocp-Apim-Subscription-Key";
}
