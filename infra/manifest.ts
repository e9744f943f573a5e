import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the infrastructure reads of `generated/manifest.json`. Paths are relative to `generated/`. */
export interface Manifest {
  readonly apis: readonly ManifestApi[];
  /** API Management's policy for everything. */
  readonly globalPolicy: string;
  readonly products: readonly ManifestProduct[];
  readonly namedValues: readonly { readonly name: string; readonly kind: "setting" | "address" }[];
  readonly backends: readonly { readonly id: string; readonly api: string }[];
  readonly identities: readonly ManifestIdentity[];
}

export interface ManifestApi {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly app: {
    /** Relative to the project. */
    readonly bundle: string;
    readonly hostJson: string;
    /** The names of the app settings that it needs. */
    readonly settings: readonly string[];
    /** The name of its identity. */
    readonly identity: string;
  };
  readonly operations: readonly {
    readonly operationId: string;
    readonly method: string;
    readonly path: string;
    readonly internal: boolean;
    readonly audited: boolean;
  }[];
  /** Null for an API that the gateway does not publish. */
  readonly gateway: ManifestGateway | null;
}

export interface ManifestGateway {
  readonly path: string;
  readonly backend: string;
  readonly products: readonly string[];
  readonly subscriptionRequired: boolean;
  readonly import: string;
  readonly policy: string;
  readonly operations: readonly {
    readonly operationId: string;
    readonly method: string;
    readonly urlTemplate: string;
    /** Null for an operation that has none of its own. */
    readonly policy: string | null;
  }[];
  /** The secret with which the gateway opens the app. */
  readonly backendKey: { readonly secret: string; readonly kind: "host" | "function" };
}

export interface ManifestProduct {
  readonly id: string;
  readonly apis: readonly string[];
  readonly policy: string;
}

/** Who may read which secrets, and sign with which keys. */
export interface ManifestIdentity {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly keys: readonly string[];
}

/** The identity that is API Management's own, and so is made with it. */
export const GATEWAY_IDENTITY = "gateway";

/** @throws when there is none: the contract has not been generated */
export async function readManifest(projectDirectory: string): Promise<Manifest> {
  const text = await readFile(join(projectDirectory, "generated/manifest.json"), "utf8").catch(() => {
    throw new Error("generated/manifest.json is missing. Run: npm run generate");
  });
  // Written by our generator in the same repository, and held fresh by `npm run check`.
  return JSON.parse(text) as Manifest;
}
