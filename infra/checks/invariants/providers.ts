import type { CheckContext } from "../check-context.ts";
import { namesOf } from "../../names.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { StackDocument } from "../../stack-document.ts";

const CHECK = "invariants/providers";

/** That each stack goes to the environment's subscription, without a stored secret, and keeps its state in its own place. */
export function checkProviders({ index, environment }: CheckContext): StackFinding[] {
  return index.documents.flatMap((stack) => {
    const at = (address: string, message: string): StackFinding => ({
      check: CHECK,
      stack: stack.name,
      address,
      message,
    });
    return expectations(stack, environment).flatMap(({ address, given, expected }) =>
      Object.entries(expected)
        .filter(([name, value]) => JSON.stringify(given[name]) !== JSON.stringify(value))
        .map(([name, value]) =>
          at(
            address,
            `${name} is ${given[name] === undefined ? "missing" : JSON.stringify(given[name])}, expected ${JSON.stringify(value)}`,
          ),
        ),
    );
  });
}

type Parts = Readonly<Record<string, unknown>>;

function expectations(
  { name, document }: StackDocument,
  environment: CheckContext["environment"],
): { address: string; given: Parts; expected: Parts }[] {
  const { tenantId, subscriptionId, state } = environment.azure;
  const account = { tenant_id: tenantId, subscription_id: subscriptionId, use_oidc: true };
  const [provider = {}, ...others] = listOf(at(document.provider, "azurerm"));
  const [features = {}] = listOf(provider.features);
  const terraform = document.terraform ?? {};
  return [
    { address: "terraform", given: terraform, expected: { required_version: ">= 1.11" } },
    {
      address: "terraform.required_providers.azurerm",
      given: (at(terraform.required_providers, "azurerm") ?? {}) as Parts,
      // Version 5 breaks the bindings, and earlier ones an interface of Key Vault's.
      expected: { version: "~> 4.81" },
    },
    {
      address: "terraform.backend.azurerm",
      given: (at(terraform.backend, "azurerm") ?? {}) as Parts,
      expected: {
        ...account,
        use_azuread_auth: true,
        resource_group_name: state.resourceGroup,
        storage_account_name: state.storageAccount,
        container_name: state.container,
        key: namesOf(environment).stateKey(name),
      },
    },
    {
      address: "provider.azurerm",
      given: { ...provider, others: others.length },
      expected: { ...account, storage_use_azuread: true, resource_provider_registrations: "none", others: 0 },
    },
    {
      address: "provider.azurerm.features",
      given: Object.fromEntries(Object.entries(features).map(([key, value]) => [key, listOf(value)[0]])),
      expected: {
        key_vault: { purge_soft_delete_on_destroy: false, recover_soft_deleted_key_vaults: true },
        resource_group: { prevent_deletion_if_contains_resources: true },
      },
    },
  ];
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Parts)[name] : undefined;
}

function listOf(value: unknown): Parts[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Parts[];
}
