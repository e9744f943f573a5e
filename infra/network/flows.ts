import type { Manifest } from "../manifest.ts";

/** Who may speak with whom. Everything that is not listed is denied, in both directions. */
export interface Flow {
  /** A subnet's role. */
  readonly from: string;
  /** A subnet's role or a service tag of Azure's. */
  readonly to: string;
  readonly ports: readonly number[];
}

/** The addresses of Azure's own services (https://learn.microsoft.com/azure/virtual-network/service-tags-overview). */
export const SERVICE_TAGS: readonly string[] = [
  "AzureActiveDirectory",
  "AzureKeyVault",
  "AzureMonitor",
  "Internet",
  "Storage",
];

/** The API whose app is the register: what needs `AUDIT_URL` speaks with it. */
export const REGISTER = "audit";

const HTTPS = 443;
/**
 * Cosmos DB for MongoDB: the port of its connection strings. Those of 10250 and 10256, which older pages name too, are in none
 * (https://github.com/MicrosoftDocs/azure-docs/issues/113998).
 */
const MONGODB = 10255;

/** The network's matrix, from the manifest alone. */
export function flowsOf({ apis }: Manifest): readonly Flow[] {
  return [
    ...apis.flatMap(({ name, app, gateway }) => [
      // Only what the gateway publishes is open to it.
      ...(gateway ? [{ from: "gateway", to: `${name}-endpoint`, ports: [HTTPS] }] : []),
      ...(app.settings.includes("AUDIT_URL")
        ? [{ from: `${name}-app`, to: `${REGISTER}-endpoint`, ports: [HTTPS] }]
        : []),
      // Its database and the storage of its Functions host; nobody else's.
      { from: `${name}-app`, to: `${name}-data`, ports: [HTTPS, MONGODB] },
      { from: `${name}-app`, to: "shared", ports: [HTTPS] },
      // Managed identities' tokens, and telemetry. Flex Consumption sends all that an app sends through its subnet, and asks
      // nothing else of it: the platform's own traffic takes another way, and Azure's DNS is not subject to these rules.
      { from: `${name}-app`, to: "AzureActiveDirectory", ports: [HTTPS] },
      { from: `${name}-app`, to: "AzureMonitor", ports: [HTTPS] },
      // The pipeline puts the code into the host's storage, and the keys into the app.
      { from: "deployment", to: `${name}-endpoint`, ports: [HTTPS] },
      { from: "deployment", to: `${name}-data`, ports: [HTTPS] },
    ]),
    { from: "gateway", to: "shared", ports: [HTTPS] },
    { from: "gateway", to: "AzureActiveDirectory", ports: [HTTPS] },
    { from: "gateway", to: "AzureMonitor", ports: [HTTPS] },
    // What API Management v2 depends on itself (https://learn.microsoft.com/azure/api-management/integrate-vnet-outbound).
    { from: "gateway", to: "Storage", ports: [HTTPS] },
    { from: "gateway", to: "AzureKeyVault", ports: [HTTPS] },
    { from: "deployment", to: "shared", ports: [HTTPS] },
    // Azure Resource Manager, the registries of Terraform and npm, the pipeline's own service.
    { from: "deployment", to: "Internet", ports: [HTTPS] },
  ];
}

/** Whether a subnet speaks with addresses outside the network, and so needs a way there. */
export function goesOut(role: string, flows: readonly Flow[]): boolean {
  return flows.some(({ from, to }) => from === role && SERVICE_TAGS.includes(to));
}
