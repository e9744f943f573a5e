import type { TokenSource } from "./azure-rest.ts";

/** Where the keys of one environment are: Azure's interfaces, or the local platform's. */
export interface Target {
  /** The environment's name. */
  readonly name: string;
  readonly credential: TokenSource;
  /** `https://management.azure.com`. */
  readonly resourceManagerUrl: string;
  /** Without a slash at its end. */
  readonly vaultUrl: string;
  readonly gatewayUrl: string;
  /** The address of the resource group, `/subscriptions/…/resourceGroups/…`. */
  readonly resourceGroup: string;
  /** API Management's name. */
  readonly apiManagement: string;
  readonly app: (api: string) => { readonly site: string; readonly url: string };
  /** The name of an API's database account; undefined where the database has no keys. */
  readonly databaseAccount: (api: string) => string | undefined;
  /** How long a reader may go on with what it has read, in seconds. */
  readonly readerSeconds: number;
  /** How long to wait before a key ends that its readers read again when it is refused, in seconds. */
  readonly keySeconds: number;
}
