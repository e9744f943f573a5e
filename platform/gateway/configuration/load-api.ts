import type { BackendAddress } from "../backends/backend-address.ts";
import type { CompiledDocument } from "../compiler/compiled-document.ts";
import type { ExpressionApi, ExpressionProduct } from "../expressions/context.ts";
import { RouteTable } from "../matching/route-table.ts";
import { parseUrlTemplate } from "../matching/url-template.ts";
import { flatten } from "../pipeline/flatten.ts";
import type { Pipeline } from "../pipeline/statement.ts";
import { ConfigurationError } from "./configuration-error.ts";
import type { DocumentLoader } from "./document-loader.ts";
import type { ManifestApi, ManifestGatewayApi, ManifestGatewayOperation } from "./gateway-manifest.ts";
import type { LoadedApi, Route } from "./loaded-gateway.ts";

/** What stands around an API. */
export interface Surroundings {
  readonly load: DocumentLoader;
  readonly backends: ReadonlyMap<string, BackendAddress>;
  readonly global: CompiledDocument;
  /** By product id. */
  readonly products: ReadonlyMap<string, CompiledDocument>;
}

/**
 * Loads the documents of an API and of its operations, and flattens a pipeline for each operation and product.
 *
 * @throws ConfigurationError
 */
export async function loadApi(
  api: ManifestApi,
  gateway: ManifestGatewayApi,
  surroundings: Surroundings,
): Promise<LoadedApi> {
  const policy = await surroundings.load(gateway.policy, "api");
  const backend = requireBackend(api.name, gateway.backend, surroundings);
  const routes = new RouteTable<Route>();
  for (const operation of gateway.operations) {
    const own = operation.policy === null ? [] : [await surroundings.load(operation.policy, "operation")];
    addRoute(routes, api.name, operation, pipelinesOf([...own, policy], gateway.products, surroundings));
  }
  const products = describeProducts(gateway.products);
  return {
    info: describe(api, gateway, backend),
    depth: segmentsOf(gateway.path).length,
    access: { apiName: api.name, subscriptionRequired: gateway.subscriptionRequired, products },
    backend,
    routes,
  };
}

/** The segments of an API's path. */
export function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function pipelinesOf(
  chain: readonly CompiledDocument[],
  products: readonly string[],
  surroundings: Surroundings,
): Map<string, Pipeline> {
  const pipelines = new Map([["", flatten([...chain, surroundings.global])]]);
  for (const id of products) {
    const document = surroundings.products.get(id);
    if (document === undefined)
      throw new ConfigurationError("manifest", `product "${id}" of an API is not among its products`);
    pipelines.set(id, flatten([...chain, document, surroundings.global]));
  }
  return pipelines;
}

function addRoute(
  routes: RouteTable<Route>,
  api: string,
  { operationId: id, urlTemplate, ...rest }: ManifestGatewayOperation,
  pipelines: Route["pipelines"],
): void {
  const method = rest.method.toUpperCase();
  try {
    routes.add(method, parseUrlTemplate(urlTemplate), {
      operation: { id, name: id, method, urlTemplate },
      pipelines,
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `manifest, API ${api}, operation ${id}`,
      `${method} ${urlTemplate}: ${problem}`,
    );
  }
}

function requireBackend(api: string, id: string, { backends }: Surroundings): BackendAddress {
  const backend = backends.get(id);
  if (backend !== undefined) return backend;
  const expected = [...backends.keys()].join(", ") || "none are set";
  throw new ConfigurationError(
    `manifest, API ${api}`,
    `backend "${id}" has no address; expected it among ${expected}`,
  );
}

function describe(api: ManifestApi, gateway: ManifestGatewayApi, backend: BackendAddress): ExpressionApi {
  const { scheme, host, port, basePath: path } = backend;
  const serviceUrl = {
    scheme,
    host,
    port,
    path: path || "/",
    query: new Map<string, string[]>(),
    queryString: "",
  };
  const { name: id, title: name } = api;
  return { id, name, path: gateway.path, revision: "1", isCurrentRevision: true, version: "", serviceUrl };
}

/** The manifest's products all ask for a subscription: it knows no open ones. */
function describeProducts(ids: readonly string[]): Map<string, ExpressionProduct> {
  const rules = { approvalRequired: false, subscriptionRequired: true, subscriptionsLimit: null };
  return new Map(ids.map((id) => [id, { id, name: id, ...rules }]));
}
