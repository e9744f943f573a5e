import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider/index.js";
import { AzurermBackend, TerraformStack } from "cdktf";
import type { App } from "cdktf";
import type { AzureEnvironment } from "../generated/environment.ts";
import { namesOf } from "./names.ts";
import type { StackName } from "./stack-document.ts";

/** 4.x alone: version 5 breaks the typed bindings, and earlier ones use an interface of Key Vault that retires in 2027. */
const PROVIDER_VERSION = "~> 4.81";
/** Write-only arguments, which keep secrets out of the state. */
const TERRAFORM_VERSION = ">= 1.11";

/** Named, so that deploying needs no right to register whatever the provider might use. */
const RESOURCE_PROVIDERS = [
  "Microsoft.AlertsManagement",
  "Microsoft.ApiManagement",
  // Flex Consumption's subnets are delegated to it.
  "Microsoft.App",
  "Microsoft.DocumentDB",
  "Microsoft.Insights",
  "Microsoft.KeyVault",
  "Microsoft.ManagedIdentity",
  "Microsoft.Network",
  "Microsoft.OperationalInsights",
  "Microsoft.Storage",
  "Microsoft.Web",
];

/** An empty stack with its provider, and its state in the environment's storage. Nothing in it holds a credential. */
export function createStack(app: App, name: StackName, environment: AzureEnvironment): TerraformStack {
  const { tenantId, subscriptionId, state } = environment.azure;
  const stack = new TerraformStack(app, name);
  stack.addOverride("terraform.required_version", TERRAFORM_VERSION);
  stack.addOverride("terraform.required_providers.azurerm.version", PROVIDER_VERSION);
  new AzurermBackend(stack, {
    tenantId,
    subscriptionId,
    resourceGroupName: state.resourceGroup,
    storageAccountName: state.storageAccount,
    containerName: state.container,
    key: namesOf(environment).stateKey(name),
    useOidc: true,
    useAzureadAuth: true,
  });
  new AzurermProvider(stack, "azurerm", {
    tenantId,
    subscriptionId,
    useOidc: true,
    storageUseAzuread: true,
    resourceProviderRegistrations: "none",
    resourceProvidersToRegister: RESOURCE_PROVIDERS,
    features: [
      {
        // Storage is reached through the network alone, which the machine that plans need not be in.
        storage: [{ dataPlaneAvailable: false }],
        keyVault: [{ purgeSoftDeleteOnDestroy: false, recoverSoftDeletedKeyVaults: true }],
        resourceGroup: [{ preventDeletionIfContainsResources: true }],
      },
    ],
  });
  return stack;
}
