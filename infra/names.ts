import { createHash } from "node:crypto";
import type { AzureEnvironment } from "../generated/environment.ts";
import { SettingFaults } from "./settings/setting-faults.ts";
import type { StackName } from "./stack-document.ts";

/** Every resource's name in one environment. The same role has the same name in each environment, but for its beginning. */
export interface Names {
  readonly resourceGroup: string;
  readonly network: string;
  readonly natGateway: string;
  /** The NAT gateway's, and the only one. */
  readonly publicIp: string;
  readonly vault: string;
  readonly workspace: string;
  readonly applicationInsights: string;
  readonly apiManagement: string;
  readonly checkpointStorage: string;
  readonly subnet: (role: string) => string;
  readonly securityGroup: (role: string) => string;
  readonly identity: (name: string) => string;
  readonly functionApp: (api: string) => string;
  readonly plan: (api: string) => string;
  readonly databaseAccount: (api: string) => string;
  readonly hostStorage: (api: string) => string;
  /** @param target what it leads to, such as `patient-mongo` */
  readonly privateEndpoint: (target: string) => string;
  /** The name of a stack's state. */
  readonly stateKey: (stack: StackName) => string;
}

/**
 * How long names may be, and of what
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules).
 */
const RULES = {
  "resource group": { max: 90, pattern: /^[a-z0-9-]+$/ },
  "virtual network": { max: 64, pattern: /^[a-z0-9-]+$/ },
  subnet: { max: 80, pattern: /^[a-z][a-z0-9-]*$/ },
  "network security group": { max: 80, pattern: /^[a-z0-9-]+$/ },
  "NAT gateway": { max: 80, pattern: /^[a-z0-9-]+$/ },
  "public IP address": { max: 80, pattern: /^[a-z0-9-]+$/ },
  "private endpoint": { max: 64, pattern: /^[a-z0-9-]+$/ },
  "key vault": { max: 24, pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/ },
  "log workspace": { max: 63, pattern: /^[a-z0-9-]+$/ },
  "Application Insights": { max: 255, pattern: /^[a-z0-9-]+$/ },
  "API Management": { max: 50, pattern: /^[a-z][a-z0-9-]*$/ },
  identity: { max: 128, pattern: /^[a-z0-9-]+$/ },
  "function app": { max: 60, pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/ },
  plan: { max: 60, pattern: /^[a-z0-9-]+$/ },
  "database account": { max: 44, pattern: /^[a-z0-9-]+$/ },
  "storage account": { max: 24, pattern: /^[a-z0-9]+$/ },
} as const;

/**
 * What begins with prefix and environment is unique in Azure, if the prefix is the operator's own.
 * @throws {SettingFaults} for a name that Azure would refuse
 */
export function namesOf({ name, azure }: AzureEnvironment): Names {
  const base = `${azure.prefix}-${name}`;
  const checked = (kind: keyof typeof RULES, candidate: string): string => {
    const { max, pattern } = RULES[kind];
    const fault =
      candidate.length > max
        ? `has ${candidate.length} characters; Azure allows ${max}`
        : !pattern.test(candidate) && "has characters that Azure does not allow";
    if (!fault) return candidate;
    throw SettingFaults.in(`environments/${name}.ts`, [
      `azure.prefix is "${azure.prefix}", which makes "${candidate}" the name of a ${kind}; it ${fault}`,
    ]);
  };
  return {
    resourceGroup: checked("resource group", base),
    network: checked("virtual network", `${base}-network`),
    natGateway: checked("NAT gateway", `${base}-nat`),
    publicIp: checked("public IP address", `${base}-nat-address`),
    vault: checked("key vault", `${base}-kv`),
    workspace: checked("log workspace", `${base}-logs`),
    applicationInsights: checked("Application Insights", `${base}-insights`),
    apiManagement: checked("API Management", `${base}-apim`),
    checkpointStorage: checked("storage account", `${azure.prefix}${name}worm`),
    subnet: (role) => checked("subnet", role),
    securityGroup: (role) => checked("network security group", `${base}-${role}`),
    identity: (identity) => checked("identity", `${base}-${identity}`),
    functionApp: (api) => checked("function app", `${base}-${api}`),
    plan: (api) => checked("plan", `${base}-${api}-plan`),
    databaseAccount: (api) => checked("database account", `${base}-${api}`),
    hostStorage: (api) => checked("storage account", `${azure.prefix}${name}${shortened(api, base)}`),
    privateEndpoint: (target) => checked("private endpoint", `${base}-${target}`),
    stateKey: (stack) => `${name}-${stack}.tfstate`,
  };
}

/** A storage account's name has room for 8 characters at least: an API with a longer name must not need another prefix. */
function shortened(api: string, base: string): string {
  const plain = api.replaceAll("-", "");
  const room = RULES["storage account"].max - (base.length - 1);
  if (plain.length <= room) return plain;
  const digest = createHash("sha256").update(api).digest("hex").slice(0, 4);
  return `${plain.slice(0, room - digest.length)}${digest}`;
}
