import type { PlatformModel } from "../model/model.ts";
import { printXml, type XmlElement } from "../policies/xml.ts";
import { plainArtefact, POLICY_FOLDER, type Artefact } from "./artefact.ts";
import { headline } from "./output.ts";

/** One policy document per scope. */
export function emitPolicies({ apis, products, policies, globalPolicy }: PlatformModel): Artefact[] {
  return [
    xmlArtefact(GLOBAL_POLICY, [globalPolicy.file], policies.global),
    ...products.map(({ id, policy }) => xmlArtefact(productPolicy(id), [policy.file], policy.root)),
    ...apis.flatMap(({ name, files }) => {
      const documents = policies.apis.get(name);
      if (!documents) return [];
      const head = [files[0], `${POLICY_FOLDER}fragments/`];
      const from = [...files, `${POLICY_FOLDER}fragments/`];
      return [
        xmlArtefact(apiPolicy(name), head, documents.api, from),
        ...[...documents.operations].map(([operationId, document]) =>
          xmlArtefact(operationPolicy(name, operationId), head, document, from),
        ),
      ];
    }),
  ];
}

/** Where the policy document of each scope is, relative to `generated/`. */
export const GLOBAL_POLICY = "apim/global.xml";

export function productPolicy(product: string): string {
  return `apim/products/${product}.xml`;
}

export function apiPolicy(api: string): string {
  return `apim/apis/${api}/policy.xml`;
}

export function operationPolicy(api: string, operationId: string): string {
  return `apim/apis/${api}/operations/${operationId}.xml`;
}

function xmlArtefact(
  path: string,
  head: readonly string[],
  document: XmlElement,
  from: readonly string[] = head,
): Artefact {
  return plainArtefact({ path, content: `<!-- ${headline(head)} -->\n${printXml(document)}` }, from);
}
