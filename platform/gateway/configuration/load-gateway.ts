import type { CompiledDocument } from "../compiler/compiled-document.ts";
import type { GatewayServices } from "../compiler/gateway-services.ts";
import { ApiTable } from "../matching/api-table.ts";
import { flatten } from "../pipeline/flatten.ts";
import { ConfigurationError } from "./configuration-error.ts";
import { documentLoader } from "./document-loader.ts";
import type { GatewayManifest } from "./gateway-manifest.ts";
import { loadApi, segmentsOf } from "./load-api.ts";
import type { LoadedApi, LoadedGateway } from "./loaded-gateway.ts";

/** What {@link loadGateway} reads from. */
export interface GatewaySources {
  readonly manifest: GatewayManifest;
  readonly documentsDirectory: string;
  readonly namedValues: Readonly<Record<string, string>>;
}

/**
 * Reads and compiles every policy document once, and flattens a pipeline for each operation and product.
 *
 * @throws ConfigurationError naming the file and line, or the manifest's entry, that the gateway cannot execute
 */
export async function loadGateway(
  sources: GatewaySources,
  services: GatewayServices,
): Promise<LoadedGateway> {
  const { manifest } = sources;
  const load = documentLoader(sources.documentsDirectory, sources.namedValues, services);
  const global = await load(manifest.globalPolicy, "global");
  const products = new Map<string, CompiledDocument>();
  for (const { id, policy } of manifest.products) products.set(id, await load(policy, "product"));
  const apis = new ApiTable<LoadedApi>();
  for (const api of manifest.apis) {
    if (api.gateway === null) continue;
    add(
      apis,
      api.name,
      await loadApi(api, api.gateway, { load, backends: services.backends, global, products }),
    );
  }
  return { apis, globalOnError: flatten([global]).onError };
}

function add(apis: ApiTable<LoadedApi>, name: string, loaded: LoadedApi): void {
  try {
    apis.add(segmentsOf(loaded.info.path), loaded);
  } catch {
    throw new ConfigurationError(
      `manifest, API ${name}`,
      `its path "${loaded.info.path}" is another API's too`,
    );
  }
}
