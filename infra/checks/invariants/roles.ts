import { GATEWAY_IDENTITY } from "../../manifest.ts";
import type { CheckContext } from "../check-context.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block } from "../stack-index.ts";
import { ownedBy } from "./ownership.ts";

const CHECK = "invariants/roles";

/** A right, in words that the manifest and the stacks share: `patient-app | Key Vault Secrets User | secret audit-host-key`. */
type Grant = string;

/**
 * That who may do what is what the manifest grants, no more and no less. A role, a kind of scope or a kind of principal that no
 * grant has is refused with it.
 */
export function checkRoles(context: CheckContext): StackFinding[] {
  const { index } = context;
  const wanted = expectedGrants(context);
  const given = index
    .resources("azurerm_role_assignment")
    .map((block) => ({ block, grant: grantOf(context, block) }));
  const extra = given
    .filter(({ grant }) => !wanted.includes(grant))
    .map(({ block, grant }) => at(block, `grants "${grant}", which nobody asks for`));
  const twice = given
    .filter(({ grant }, i) => given.findIndex((one) => one.grant === grant) !== i)
    .map(({ block, grant }) => at(block, `grants "${grant}" a second time: Azure refuses that`));
  const lacking = wanted
    .filter((grant) => !given.some((one) => one.grant === grant))
    .map((grant) => ({
      check: CHECK,
      stack: grant.startsWith(GATEWAY_IDENTITY) ? ("gateway" as const) : ("services" as const),
      address: "azurerm_role_assignment",
      message: `nothing grants "${grant}"`,
    }));
  const wrongType = given
    .filter(({ block, grant }) => (block.body.principal_type === "Group") !== grant.startsWith("operators |"))
    .map(({ block }) =>
      at(block, `principal_type is ${String(block.body.principal_type)}, which its principal is not`),
    );
  return [...extra, ...twice, ...lacking, ...wrongType];
}

function expectedGrants({ manifest }: CheckContext): Grant[] {
  const apps = manifest.apis.map(({ name, app }) => ({ api: name, ...app }));
  const keepers = ["operators", "deployment"];
  return [
    ...manifest.identities.flatMap(({ name, secrets, keys }) => [
      ...secrets.map((secret) => `${name} | Key Vault Secrets User | secret ${secret}`),
      ...keys.map((key) => `${name} | Key Vault Crypto User | key ${key}`),
      `${name} | Monitoring Metrics Publisher | insights`,
    ]),
    ...apps.flatMap(({ api, identity, settings }) => [
      // What the Functions host asks for on its own storage.
      `${identity} | Storage Blob Data Owner | host storage of ${api}`,
      `${identity} | Storage Queue Data Contributor | host storage of ${api}`,
      `${identity} | Storage Table Data Contributor | host storage of ${api}`,
      ...(settings.includes("CHECKPOINT_STORAGE_URL")
        ? [`${identity} | Storage Blob Data Contributor | container checkpoints`]
        : []),
      `deployment | Storage Blob Data Contributor | container code of ${api}`,
      // Who rotates keys.
      ...keepers.flatMap((keeper) => [
        `${keeper} | Website Contributor | app of ${api}`,
        `${keeper} | DocumentDB Account Contributor | database of ${api}`,
      ]),
    ]),
    ...keepers.flatMap((keeper) => [
      `${keeper} | Key Vault Secrets Officer | vault`,
      `${keeper} | Key Vault Crypto Officer | vault`,
    ]),
    "operators | Storage Blob Data Reader | container checkpoints",
  ];
}

function grantOf(context: CheckContext, block: Block): Grant {
  const role = block.body.role_definition_name ?? block.body.role_definition_id;
  return `${principalOf(context, block)} | ${String(role)} | ${scopeOf(context, block)}`;
}

function principalOf({ index, manifest, environment }: CheckContext, { stack, body }: Block): string {
  const raw = body.principal_id;
  const { operators, deployment } = environment.azure;
  if (raw === operators.groupObjectId) return "operators";
  if (raw === deployment.principalObjectId) return "deployment";
  const target = index.target(stack, raw);
  if (target?.block.type === "azurerm_api_management" && target.attribute === "identity.principal_id")
    return GATEWAY_IDENTITY;
  if (target?.block.type !== "azurerm_user_assigned_identity" || target.attribute !== "principal_id")
    return `the unknown principal ${String(raw)}`;
  const name = index.text(target.block.stack, target.block.body.name) ?? "";
  return (
    manifest.identities.find((one) => name.endsWith(`-${one.name}`))?.name ?? `the unknown identity ${name}`
  );
}

function scopeOf(context: CheckContext, { stack, body }: Block): string {
  const { index } = context;
  const target = index.target(stack, body.scope);
  if (!target) return `the unknown scope ${String(body.scope)}`;
  const { block, attribute } = target;
  const name = index.text(block.stack, block.body.name) ?? "";
  const owner = ownedBy(context, block) ?? "nobody";
  switch (`${block.type}.${attribute}`) {
    case "azurerm_key_vault_secret.resource_versionless_id":
      return `secret ${name}`;
    case "azurerm_key_vault_key.resource_versionless_id":
      return `key ${name}`;
    case "azurerm_key_vault.id":
      return "vault";
    case "azurerm_application_insights.id":
      return "insights";
    case "azurerm_storage_account.id":
      return `host storage of ${owner}`;
    case "azurerm_storage_container.id":
      return owner === "nobody" ? `container ${name}` : `container ${name} of ${owner}`;
    case "azurerm_function_app_flex_consumption.id":
      return `app of ${owner}`;
    case "azurerm_cosmosdb_account.id":
      return `database of ${owner}`;
    default:
      return `the scope ${block.address}.${attribute}`;
  }
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
