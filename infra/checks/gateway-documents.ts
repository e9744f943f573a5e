import type { Manifest } from "../manifest.ts";
import type { Block, StackIndex } from "./stack-index.ts";

/** A document that API Management gets: a policy or an import. */
export interface GatewayDocument {
  readonly block: Block;
  /** The attribute that holds it. */
  readonly attribute: string;
  /** What Terraform reads there: an expression, or the text itself. */
  readonly raw: unknown;
  /** The generated file that it should be, relative to `generated/`; undefined when the manifest names none for this place. */
  readonly file: string | undefined;
}

/** Every policy and import of the stacks, each with the file that the manifest has for its place. */
export function gatewayDocuments(index: StackIndex, manifest: Manifest): GatewayDocument[] {
  const files = policyFiles(manifest);
  return [
    ...index.resources("azurerm_api_management_api").map((block) => {
      const api = manifest.apis.find(({ gateway }) => gateway?.path === textOf(index, block, "path"));
      return document(block, "import.content_value", api?.gateway?.import);
    }),
    ...index.resources(...POLICY_TYPES).map((block) => {
      const place = placeOf(index, block);
      return document(block, "xml_content", place === undefined ? undefined : files.get(place));
    }),
    // Fragments are expanded by the generator: no file belongs into one.
    ...index
      .resources("azurerm_api_management_policy_fragment")
      .map((block) => document(block, "value", undefined)),
  ];
}

/** Every file that the manifest has for API Management. */
export function filesForGateway(manifest: Manifest): string[] {
  const imports = manifest.apis.flatMap(({ gateway }) => (gateway ? [gateway.import] : []));
  return [...policyFiles(manifest).values(), ...imports];
}

const POLICY_TYPES = [
  "azurerm_api_management_policy",
  "azurerm_api_management_product_policy",
  "azurerm_api_management_api_policy",
  "azurerm_api_management_api_operation_policy",
];

/** By place: `global`, `product auditor`, `api patient`, `operation patient getPatient`. */
function policyFiles(manifest: Manifest): Map<string, string> {
  const found = new Map([["global", manifest.globalPolicy]]);
  for (const { id, policy } of manifest.products) found.set(`product ${id}`, policy);
  for (const { gateway } of manifest.apis) {
    if (!gateway) continue;
    found.set(`api ${gateway.path}`, gateway.policy);
    for (const { operationId, policy } of gateway.operations)
      if (policy !== null) found.set(`operation ${gateway.path} ${operationId}`, policy);
  }
  return found;
}

function placeOf(index: StackIndex, block: Block): string | undefined {
  const product = textOf(index, block, "product_id");
  if (block.type === "azurerm_api_management_policy") return "global";
  if (block.type === "azurerm_api_management_product_policy") return `product ${product ?? ""}`;
  const path = apiOf(index, block);
  if (path === undefined) return undefined;
  const operation = textOf(index, block, "operation_id");
  return operation === undefined ? `api ${path}` : `operation ${path} ${operation}`;
}

/** The path of the API that a block's `api_name` names. */
export function apiOf(index: StackIndex, block: Block): string | undefined {
  const name = textOf(index, block, "api_name");
  const api = index
    .resources("azurerm_api_management_api")
    .find((one) => textOf(index, one, "name") === name);
  return api && textOf(index, api, "path");
}

/** The text of an attribute, as it will be in Azure. */
export function textOf(index: StackIndex, block: Block, attribute: string): string | undefined {
  return index.text(block.stack, block.body[attribute]);
}

function document(block: Block, attribute: string, file: string | undefined): GatewayDocument {
  const [name = "", inner] = attribute.split(".");
  const raw = block.body[name];
  if (inner === undefined) return { block, attribute, raw, file };
  const nested: unknown = Array.isArray(raw) ? raw[0] : raw;
  const content =
    typeof nested === "object" && nested !== null ? (nested as Block["body"])[inner] : undefined;
  return { block, attribute, raw: content, file };
}
