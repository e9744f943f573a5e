import type { PlatformModel } from "../model/model.ts";
import { printXml, type XmlElement } from "../policies/xml.ts";
import { headline, type OutputFile } from "./output.ts";

/** One policy document per scope. */
export function emitPolicies({ apis, products, policies, globalPolicy }: PlatformModel): OutputFile[] {
  return [
    xmlFile("apim/global.xml", [globalPolicy.file], policies.global),
    ...products.map(({ id, policy }) => xmlFile(`apim/products/${id}.xml`, [policy.file], policy.root)),
    ...apis.flatMap(({ name, files }) => {
      const documents = policies.apis.get(name);
      if (!documents) return [];
      const from = [files[0], "apim-policies/fragments/"];
      return [
        xmlFile(`apim/apis/${name}/policy.xml`, from, documents.api),
        ...[...documents.operations].map(([operationId, document]) =>
          xmlFile(`apim/apis/${name}/operations/${operationId}.xml`, from, document),
        ),
      ];
    }),
  ];
}

function xmlFile(path: string, sources: readonly string[], document: XmlElement): OutputFile {
  return { path, content: `<!-- ${headline(sources)} -->\n${printXml(document)}` };
}
