/** The part of `generated/manifest.json` that the gateway executes. Paths are relative to the documents directory. */
export interface GatewayManifest {
  readonly apis: readonly ManifestApi[];
  /** Path of the policy document of the scope "All APIs". */
  readonly globalPolicy: string;
  readonly products: readonly ManifestProduct[];
}

/** An API of the manifest; `gateway` is null when every operation of it is internal. */
export interface ManifestApi {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly gateway: ManifestGatewayApi | null;
}

/** How an API is published. */
export interface ManifestGatewayApi {
  /** First segments of the public address, without slashes at the ends: `patient`. */
  readonly path: string;
  /** Backend id whose address is the API's service URL. */
  readonly backend: string;
  readonly products: readonly string[];
  readonly subscriptionRequired: boolean;
  /** Path of the API's policy document. */
  readonly policy: string;
  readonly operations: readonly ManifestGatewayOperation[];
}

/** One published operation; `policy` is null when it has no document of its own. */
export interface ManifestGatewayOperation {
  readonly operationId: string;
  readonly method: string;
  /** Relative to the API's path: `/` or `/{patientId}`. */
  readonly urlTemplate: string;
  readonly policy: string | null;
}

/** A product: the APIs that its subscriptions open, and its policy document. */
export interface ManifestProduct {
  readonly id: string;
  readonly apis: readonly string[];
  readonly policy: string;
}

/**
 * A subscription. Only the state `active` (the default) admits.
 *
 * Source: Microsoft Learn, "Subscriptions in Azure API Management".
 */
export interface GatewaySubscription {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly secondaryKey?: string;
  readonly scope: { readonly product: string } | { readonly api: string } | "all";
  readonly state?: string;
}
