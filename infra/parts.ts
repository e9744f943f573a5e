import type { TerraformStack } from "cdktf";

/**
 * What the foundation stack gives to the others. The values are Terraform's: an attribute that is known only when the stack
 * is applied reads as a reference, and becomes one to the stack's remote state where another stack uses it.
 */
export interface FoundationParts {
  readonly stack: TerraformStack;
  readonly resourceGroup: { readonly id: string; readonly name: string; readonly location: string };
  /**
   * A subnet's id by its role: `gateway`, `shared`, `deployment`, `<api>-app`, `<api>-endpoint`, `<api>-data`. What uses it waits
   * until the subnet is guarded, and has its way out.
   */
  readonly subnetId: (role: string) => string;
  /** A private DNS zone's id by what it names: see `infra/foundation/dns-zones.ts`. */
  readonly dnsZoneId: (zone: PrivateService) => string;
  /** `uri` is where it answers, with a slash at the end. */
  readonly vault: { readonly id: string; readonly name: string; readonly uri: string };
  /** Log Analytics, where every resource's diagnostics go. */
  readonly workspaceId: string;
  /** Takes only what an Entra identity sends, so that the connection string is an address and no secret. */
  readonly applicationInsights: {
    readonly id: string;
    readonly name: string;
    readonly connectionString: string;
  };
  /** By the identity's name in the manifest. The gateway has none here: API Management brings its own. */
  readonly identity: (name: string) => IdentityPart;
  /** Where checkpoints are published: `url` is the container's, without a slash at the end. */
  readonly checkpoints: { readonly accountId: string; readonly containerId: string; readonly url: string };
}

/** What the services stack gives to the gateway's. */
export interface ServicesParts {
  readonly stack: TerraformStack;
  /** By API name. */
  readonly app: (api: string) => AppPart;
  /** The vault's secrets, by their names in the manifest. They have no value before `npm run rotate-keys` has run. */
  readonly secret: (name: string) => SecretPart;
}

/** A user-assigned identity. */
export interface IdentityPart {
  readonly id: string;
  readonly clientId: string;
  readonly principalId: string;
}

/** A function app and what stands behind it. */
export interface AppPart {
  readonly id: string;
  readonly name: string;
  /** Such as `specimen-prod-patient.azurewebsites.net`: within the network, its private endpoint. */
  readonly hostname: string;
  readonly planId: string;
  readonly databaseAccountId: string;
  readonly hostStorageId: string;
}

export interface SecretPart {
  /** Its id as a resource: the scope of a role assignment. */
  readonly resourceId: string;
  /** Its address in the vault, without a version. */
  readonly uri: string;
}

/** The services that are reached through private endpoints. */
export type PrivateService = "sites" | "mongo" | "vault" | "blob" | "queue" | "table";
