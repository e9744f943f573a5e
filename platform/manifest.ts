import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  GatewayManifest,
  ManifestApi as GatewayManifestApi,
  ManifestGatewayApi,
} from "./gateway/configuration/gateway-manifest.ts";

/** What the platform reads of `generated/manifest.json`: what the gateway executes, and what the apps need. */
export interface Manifest extends GatewayManifest {
  readonly apis: readonly ManifestApi[];
  readonly identities: readonly {
    readonly name: string;
    readonly secrets: readonly string[];
    /** Signing keys. */
    readonly keys: readonly string[];
  }[];
}

export interface ManifestApi extends GatewayManifestApi {
  /** The bundled OpenAPI document, relative to `generated/`. */
  readonly document: string;
  readonly app: {
    /** Relative to the project. */
    readonly bundle: string;
    /** Relative to `generated/`. */
    readonly hostJson: string;
    readonly settings: readonly string[];
    readonly identity: string;
  };
  readonly operations: readonly { readonly operationId: string; readonly internal: boolean }[];
  readonly gateway:
    | (ManifestGatewayApi & {
        readonly backendKey: { readonly secret: string; readonly kind: "host" | "function" };
      })
    | null;
}

/** @throws when there is none: the contract has not been generated */
export async function readManifest(generatedDirectory: string): Promise<Manifest> {
  const file = join(generatedDirectory, "manifest.json");
  const text = await readFile(file, "utf8").catch(() => {
    throw new Error(`${file} is missing. Run: npm run generate`);
  });
  // Written by our generator in the same repository, and held fresh by `npm run check`.
  return JSON.parse(text) as Manifest;
}
