import type { NamedValue } from "../policies/named-values.ts";

/** `generated/manifest.json`: what platform, infra, portal and load test need to know. Paths are relative to `generated/`. */
export interface Manifest {
  readonly apis: readonly ManifestApi[];
  readonly globalPolicy: string;
  readonly products: readonly {
    readonly id: string;
    readonly apis: readonly string[];
    readonly policy: string;
  }[];
  /** Used by any policy. */
  readonly namedValues: readonly NamedValue[];
  readonly backends: readonly { readonly id: string; readonly api: string }[];
  /** Who may read which secrets of the vault, and have which of its keys sign. */
  readonly identities: readonly {
    readonly name: string;
    readonly secrets: readonly string[];
    readonly keys: readonly string[];
  }[];
}

export interface ManifestApi {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly document: string;
  readonly app: ManifestApp;
  readonly operations: readonly ManifestOperation[];
  /** `null` when every operation is internal. */
  readonly gateway: ManifestGateway | null;
}

/** A function app. `bundle` and `entry` are relative to the repository. */
export interface ManifestApp {
  readonly bundle: string;
  readonly entry: string;
  readonly hostJson: string;
  /** The names of its settings (environment variables). */
  readonly settings: readonly string[];
  readonly identity: string;
}

export interface ManifestOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly internal: boolean;
  readonly audited: boolean;
}

export interface ManifestGateway {
  /** The first segment of the public paths. */
  readonly path: string;
  readonly backend: string;
  readonly products: readonly string[];
  readonly subscriptionRequired: boolean;
  readonly import: string;
  readonly policy: string;
  readonly operations: readonly ManifestGatewayOperation[];
  /** `function`: one function key named `gateway`, set on each published function, that opens no other. */
  readonly backendKey: { readonly secret: string; readonly kind: "host" | "function" };
}

export interface ManifestGatewayOperation {
  readonly operationId: string;
  readonly method: string;
  /** Relative to `path`: `/` or `/{patientId}`. */
  readonly urlTemplate: string;
  readonly policy: string | null;
}
