import { namesOf } from "../../names.ts";
import type { CheckContext } from "../check-context.ts";
import { isIdOf } from "../network/network.ts";
import type { StackFinding } from "../stack-finding.ts";
import { valuesAt } from "../values-at.ts";

const CHECK = "invariants/checkpoints";

/** That what the register publishes can be neither changed nor deleted: a container with a locked policy, and only that one. */
export function checkCheckpoints({ index, manifest, environment }: CheckContext): StackFinding[] {
  if (!manifest.apis.some(({ app }) => app.settings.includes("CHECKPOINT_STORAGE_URL"))) return [];
  const missing = (message: string): StackFinding[] => [
    { check: CHECK, stack: "foundation", address: "azurerm_storage_container_immutability_policy", message },
  ];
  const name = namesOf(environment).checkpointStorage;
  const account = index
    .resources("azurerm_storage_account")
    .find(({ stack, body }) => index.text(stack, body.name) === name);
  if (!account) return missing(`there is no storage account "${name}"`);
  const containers = index
    .resources("azurerm_storage_container")
    .filter((container) => isIdOf(index, container, "storage_account_id", account));
  const [container] = containers;
  if (!container || containers.length > 1) return missing(`${account.address} has not exactly one container`);
  const locked = index
    .resources("azurerm_storage_container_immutability_policy")
    .filter((policy) => isIdOf(index, policy, "storage_container_resource_manager_id", container));
  const wanted = [
    ["blob_properties.versioning_enabled", (given: unknown) => given === true],
    ["blob_properties.delete_retention_policy.days", atLeastSeven],
    ["blob_properties.container_delete_retention_policy.days", atLeastSeven],
    // A copy in each of three data centres.
    ["account_replication_type", (given: unknown) => given === "ZRS"],
  ] as const;
  return [
    ...(locked.length === 1
      ? []
      : missing(`${locked.length} policies keep what is in ${container.address}, expected one`)),
    ...wanted
      .filter(([path, fits]) => !valuesAt(account.body, path.split(".")).every(fits))
      .map(([path]) => ({
        check: CHECK,
        stack: account.stack,
        address: account.address,
        message: `${path} does not keep checkpoints`,
      })),
  ];
}

function atLeastSeven(given: unknown): boolean {
  return typeof given === "number" && given >= 7 && given <= 365;
}
