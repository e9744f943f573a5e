import type { Manifest, ManifestGateway } from "../manifest.ts";
import { dependencyGraph, dependsOn } from "./dependencies.ts";
import {
  apiOf,
  filesForGateway,
  gatewayDocuments,
  textOf,
  type GatewayDocument,
} from "./gateway-documents.ts";
import type { StackFinding } from "./stack-finding.ts";
import type { Block, StackIndex } from "./stack-index.ts";

/** That the gateway's parts are those of the manifest, and that its policies and imports fit each other. */
export function checkContract(index: StackIndex, manifest: Manifest): StackFinding[] {
  const documents = gatewayDocuments(index, manifest);
  return [
    ...apiFindings(index, manifest),
    ...fileFindings(documents, manifest),
    ...operationFindings(index, documents),
    ...namedPartFindings(index, documents),
    ...productFindings(index, manifest),
    ...unusedFindings(index, documents),
  ];
}

const GATEWAY_PLACE = { check: "contract", stack: "gateway", address: "resource" } as const;

function apiFindings(index: StackIndex, manifest: Manifest): StackFinding[] {
  const blocks = index.resources("azurerm_api_management_api");
  const published = manifest.apis.flatMap(({ gateway }) => (gateway ? [gateway] : []));
  const missing = published
    .filter(({ path }) => blocks.filter((block) => textOf(index, block, "path") === path).length !== 1)
    .map(({ path }) => ({ ...GATEWAY_PLACE, message: `expected one API at the path "${path}"` }));
  const wrong = blocks.flatMap((block) => {
    const gateway = published.find(({ path }) => path === textOf(index, block, "path"));
    if (!gateway)
      return [at(block, `the manifest publishes no API at ${String(textOf(index, block, "path"))}`)];
    const title = manifest.apis.find((api) => api.gateway === gateway)?.title;
    return [
      ...subscriptionFindings(block, gateway),
      ...(textOf(index, block, "display_name") === title
        ? []
        : [at(block, `display_name is not "${title ?? ""}"`)]),
    ];
  });
  return [...missing, ...wrong];
}

function subscriptionFindings(block: Block, { subscriptionRequired }: ManifestGateway): StackFinding[] {
  // The provider's default is true.
  const given = block.body.subscription_required ?? true;
  if (given === subscriptionRequired) return [];
  return [at(block, `subscription_required is ${JSON.stringify(given)}, the contract says otherwise`)];
}

/** Every file of the manifest is in the stack exactly once, and nothing else is. */
function fileFindings(documents: readonly GatewayDocument[], manifest: Manifest): StackFinding[] {
  const unknown = documents
    .filter(({ file }) => file === undefined)
    .map(({ block }) => at(block, "the manifest names no document for this place"));
  const counted = filesForGateway(manifest).flatMap((file) => {
    const places = documents.filter((document) => document.file === file);
    const [, second] = places;
    if (second) return [at(second.block, `generated/${file} is in the stack ${places.length} times`)];
    return places.length === 1 ? [] : [{ ...GATEWAY_PLACE, message: `generated/${file} is in no resource` }];
  });
  return [...unknown, ...counted];
}

interface ImportedOperation {
  readonly id: string;
  readonly place: string;
}

function operationFindings(index: StackIndex, documents: readonly GatewayDocument[]): StackFinding[] {
  return documents
    .filter(({ attribute }) => attribute === "import.content_value")
    .flatMap((one) => {
      const operations = operationsOf(index.value(one.block.stack, one.raw));
      if (!operations) return [at(one.block, "the import is no OpenAPI document")];
      const policies = index
        .resources("azurerm_api_management_api_operation_policy")
        .filter((block) => apiOf(index, block) === textOf(index, one.block, "path"));
      const ids = new Set(operations.map(({ id }) => id));
      const unknown = policies
        .map((block) => ({ block, id: textOf(index, block, "operation_id") ?? "" }))
        .filter(({ id }) => !ids.has(id))
        .map(({ block, id }) => at(block, `the API's import has no operation "${id}"`));
      const twice = operations
        .filter(({ place }, i) => operations.findIndex((other) => other.place === place) !== i)
        .map(({ id, place }) => at(one.block, `${place} of ${id} is that of another operation already`));
      return [...unknown, ...twice];
    });
}

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

function operationsOf(content: unknown): ImportedOperation[] | undefined {
  if (typeof content !== "string") return undefined;
  try {
    const { paths } = JSON.parse(content) as {
      paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };
    return Object.entries(paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => METHODS.has(method))
        .map(([method, operation]) => ({
          id: String((operation as { operationId?: unknown }).operationId),
          // API Management does not tell templates apart by their parameters' names, nor by a slash at the end.
          place: `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, "{}").replace(/(.)\/$/, "$1")}`,
        })),
    );
  } catch {
    return undefined;
  }
}

interface NamedPart {
  readonly what: string;
  readonly pattern: RegExp;
  readonly type: string;
  readonly attribute: string;
}

const NAMED_PARTS: readonly NamedPart[] = [
  {
    what: "named value",
    pattern: /\{\{([\w.-]+)\}\}/g,
    type: "azurerm_api_management_named_value",
    // Policies name the display name, not the id.
    attribute: "display_name",
  },
  {
    what: "backend",
    pattern: /backend-id="([^"]*)"/g,
    type: "azurerm_api_management_backend",
    attribute: "name",
  },
  {
    what: "fragment",
    pattern: /fragment-id="([^"]*)"/g,
    type: "azurerm_api_management_policy_fragment",
    attribute: "name",
  },
];

/** API Management refuses a policy that names a part which is not there yet. */
function namedPartFindings(index: StackIndex, documents: readonly GatewayDocument[]): StackFinding[] {
  const graph = dependencyGraph(index);
  return documents
    .filter(({ attribute }) => attribute !== "import.content_value")
    .flatMap(({ block, raw }) => {
      const text = index.text(block.stack, raw) ?? "";
      return NAMED_PARTS.flatMap(({ what, pattern, type, attribute }) =>
        [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].flatMap((name) => {
          const isPart = (one: Block) => one.type === type && textOf(index, one, attribute) === name;
          if (!index.resources(type).some(isPart)) return [at(block, `there is no ${what} "${name}"`)];
          return dependsOn(graph, block, isPart)
            ? []
            : [at(block, `does not wait for the ${what} "${name}", so it may be deployed before it`)];
        }),
      );
    });
}

function productFindings(index: StackIndex, manifest: Manifest): StackFinding[] {
  const given = index.resources("azurerm_api_management_product");
  const ids = given.map((block) => textOf(index, block, "product_id") ?? "");
  const missing = manifest.products
    .filter(({ id }) => !ids.includes(id))
    .map(({ id }) => ({ ...GATEWAY_PLACE, message: `there is no product "${id}"` }));
  const unknown = given
    .filter((_, i) => !manifest.products.some(({ id }) => id === ids[i]))
    .map((block) => at(block, "the manifest has no such product"));

  const wanted = manifest.products.flatMap(({ id, apis }) =>
    apis.map((api) => `${id} ↔ ${pathOf(manifest, api)}`),
  );
  const links = index.resources("azurerm_api_management_product_api").map((block) => ({
    block,
    link: `${textOf(index, block, "product_id") ?? ""} ↔ ${apiOf(index, block) ?? ""}`,
  }));
  const missingLinks = wanted
    .filter((link) => !links.some((one) => one.link === link))
    .map((link) => ({ ...GATEWAY_PLACE, message: `no azurerm_api_management_product_api joins ${link}` }));
  const wrongLinks = links
    .filter(({ link }) => !wanted.includes(link))
    .map(({ block, link }) => at(block, `joins ${link}, which the manifest does not`));
  const twice = links
    .filter(({ link }, i) => links.findIndex((one) => one.link === link) !== i)
    .map(({ block, link }) => at(block, `joins ${link} a second time`));
  return [...missing, ...unknown, ...missingLinks, ...wrongLinks, ...twice];
}

function pathOf(manifest: Manifest, api: string): string {
  return manifest.apis.find(({ name }) => name === api)?.gateway?.path ?? "";
}

/** Parts that nothing in the manifest asks for. */
function unusedFindings(index: StackIndex, documents: readonly GatewayDocument[]): StackFinding[] {
  const texts = documents.map(({ block, raw }) => index.text(block.stack, raw) ?? "");
  return NAMED_PARTS.flatMap(({ what, pattern, type, attribute }) =>
    index
      .resources(type)
      .filter((block) => {
        const name = textOf(index, block, attribute);
        return !texts.some((text) => [...text.matchAll(pattern)].some(([, used]) => used === name));
      })
      .map((block) => at(block, `no policy names this ${what}`)),
  );
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: "contract", stack, address, message };
}
