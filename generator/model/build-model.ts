import { basename } from "node:path";
import { Findings, type Position } from "../finding.ts";
import { isSchema, objectAt, stringAt, type JsonObject, type Schema } from "../load/json.ts";
import { loadContracts, type Contract } from "../load/load-contracts.ts";
import type { Sources } from "../load/sources.ts";
import { loadFragments, type Fragment } from "../policies/load-fragments.ts";
import { loadPolicySource } from "../policies/load-policy-source.ts";
import { buildPolicyDocuments } from "../policies/policy-documents.ts";
import { ContractReader } from "./contract-reader.ts";
import type { ApiModel, PlatformModel, ProductModel } from "./model.ts";
import { readGateway } from "./read-gateway.ts";
import { readOperations } from "./read-operations.ts";
import { readPolicyUses } from "./read-policy-uses.ts";

/**
 * Reads `openapi/` and `apim-policies/` into the one model that every emitter works from.
 * @param load gives other contracts than those of `openapi/`, whose places the sources know all the same
 * @throws {ContractError} with everything that is wrong in them
 */
export function buildModel(
  sources: Sources,
  load: (sources: Sources) => readonly Contract[] = loadContracts,
): PlatformModel {
  const findings = new Findings();
  const known = sources.list("apim-policies/products", ".xml").map((file) => basename(file, ".xml"));
  const fragments = findings.gather(() => loadFragments(sources));
  const globalPolicy = findings.gather(() => loadPolicySource("apim-policies/global.xml", sources));
  const productPolicies = known.map((id) =>
    findings.gather(() => loadPolicySource(`apim-policies/products/${id}.xml`, sources)),
  );
  const contracts = findings.gather(() => load(sources));
  findings.throwIfAny();
  if (!fragments || !globalPolicy || !contracts) throw new Error("what is missing was reported");
  const apis = contracts.map((contract) => readApi(contract, sources, fragments, known, findings));
  refuseSharedPaths(apis, sources, findings);
  findings.throwIfAny();
  const products = known.flatMap((id, index): ProductModel[] => {
    const policy = productPolicies[index];
    const isUsed = apis.some(({ gateway }) => gateway?.products.includes(id));
    return policy && isUsed ? [{ id, policy }] : [];
  });
  const originOf = ({ document }: ApiModel): Position => sources.locations.at(document);
  const policies = buildPolicyDocuments(apis, { global: globalPolicy, products }, fragments, originOf);
  return { apis, products, policies, globalPolicy, locations: sources.locations };
}

function readApi(
  { name, file, files, document }: Contract,
  sources: Sources,
  fragments: ReadonlyMap<string, Fragment>,
  products: readonly string[],
  findings: Findings,
): ApiModel {
  const reader = new ContractReader(document, sources.locations, findings);
  const info = objectAt(document, "info");
  const operations = readOperations(reader, fragments);
  const schemas = schemasOf(document);
  if (operations.length === 0)
    reader.report(document, "paths", "contract/empty", "the contract has no operation");
  if (!("GatewayError" in schemas)) {
    reader.report(
      document,
      undefined,
      "contract/gateway-error",
      "openapi/shared/schemas.yaml has no GatewayError",
    );
  }
  return {
    name,
    title: stringAt(info, "title") ?? name,
    version: stringAt(info, "version") ?? "0.0.0",
    files: [file, ...files.filter((other) => other !== file)],
    document,
    schemas,
    operations,
    policies: readPolicyUses(document, fragments, reader),
    gateway: readGateway(name, operations, products, reader),
  };
}

function schemasOf(document: JsonObject): Record<string, Schema> {
  const schemas = Object.entries(objectAt(objectAt(document, "components"), "schemas"));
  return Object.fromEntries(schemas.filter((entry): entry is [string, Schema] => isSchema(entry[1])));
}

function refuseSharedPaths(apis: readonly ApiModel[], sources: Sources, findings: Findings): void {
  const owners = new Map<string, string>();
  for (const { name, gateway, document } of apis) {
    if (!gateway) continue;
    const owner = owners.get(gateway.path);
    const message = `the path /${gateway.path} belongs to the API ${owner ?? ""}`;
    if (owner !== undefined) findings.report(sources.locations.at(document, "paths"), "apim/path", message);
    owners.set(gateway.path, name);
  }
}
