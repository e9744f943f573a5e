import { namesOf } from "../../names.ts";
import type { CheckContext } from "../check-context.ts";
import type { ManifestApi } from "../../manifest.ts";
import { dependencyGraph, dependsOn } from "../dependencies.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block } from "../stack-index.ts";
import { valuesAt } from "../values-at.ts";
import { ownedBy, ownOf } from "./ownership.ts";

const CHECK = "invariants/apps";
const APP = "azurerm_function_app_flex_consumption";

/** That each API has an app of its own, on its own plan and storage, with its own identity, and of the environment's size. */
export function checkApps(context: CheckContext): StackFinding[] {
  const { index, manifest } = context;
  const counted = manifest.apis.flatMap(({ name }) =>
    [APP, "azurerm_service_plan", "azurerm_cosmosdb_account", "azurerm_storage_account"].flatMap((type) => {
      const { length } = ownOf(context, type, name);
      if (length === 1) return [];
      return [
        {
          check: CHECK,
          stack: "services" as const,
          address: type,
          message: `${name} has ${length} of them, expected one`,
        },
      ];
    }),
  );
  const strangers = index
    .resources(APP, "azurerm_service_plan", "azurerm_cosmosdb_account")
    .filter((block) => ownedBy(context, block) === undefined)
    .map((block) => at(block, "belongs to no API of the manifest"));
  return [
    ...counted,
    ...strangers,
    ...manifest.apis.flatMap((api) =>
      ownOf(context, APP, api.name).flatMap((app) => appFindings(context, api, app)),
    ),
    ...manifest.apis.flatMap((api) => sizeFindings(context, api.name)),
    ...manifest.apis.flatMap((api) => databaseFindings(context, api.name)),
  ];
}

function appFindings(context: CheckContext, { name, app }: ManifestApi, block: Block): StackFinding[] {
  const { index } = context;
  const ownerOf = (path: string) => {
    const [raw] = valuesAt(block.body, path.split(".")).flat();
    const target = index.target(block.stack, raw);
    return target && ownedBy(context, target.block);
  };
  const parts = ["service_plan_id", "identity.identity_ids", "storage_user_assigned_identity_id"];
  const borrowed = parts
    .filter((path) => ownerOf(path) !== name)
    .map((path) =>
      at(block, `${path} leads to what belongs to ${ownerOf(path) ?? "nobody"}, expected ${name}'s own`),
    );
  const [container] = ownOf(context, "azurerm_storage_container", name);
  const containerName = container && index.text(container.stack, container.body.name);
  const storage = namesOf(context.environment).hostStorage(name);
  const endpoint = index.text(block.stack, block.body.storage_container_endpoint);
  const expected = `https://${storage}.blob.core.windows.net/${containerName ?? ""}`;
  return [
    ...borrowed,
    ...orderFindings(context, name, block),
    ...(endpoint === expected
      ? []
      : [at(block, `storage_container_endpoint is ${endpoint ?? "missing"}, expected ${expected}`)]),
    ...settingFindings(context, { name, app }, block),
  ];
}

/** A host that cannot reach its storage yet, or may not read it, does not start. */
function orderFindings(context: CheckContext, api: string, app: Block): StackFinding[] {
  const { index } = context;
  const graph = dependencyGraph(index);
  return ownOf(context, "azurerm_storage_account", api).flatMap((storage) => {
    const leadsThere = (one: Block, path: string) =>
      valuesAt(one.body, path.split(".")).some((raw) => index.target(one.stack, raw)?.block === storage);
    const needed = [
      ...index.resources("azurerm_role_assignment").filter((one) => leadsThere(one, "scope")),
      ...index
        .resources("azurerm_private_endpoint")
        .filter((one) => leadsThere(one, "private_service_connection.private_connection_resource_id")),
    ];
    return needed
      .filter((part) => !dependsOn(graph, app, (one) => one === part))
      .map((part) => at(app, `does not wait for ${part.address}, without which its host does not start`));
  });
}

/** Exactly the manifest's settings and the platform's own, each with its value. */
function settingFindings(
  { index, environment, manifest }: CheckContext,
  { name, app }: Pick<ManifestApi, "name" | "app">,
  block: Block,
): StackFinding[] {
  const names = namesOf(environment);
  const [client] = index
    .resources("azurerm_user_assigned_identity")
    .filter((one) => index.text(one.stack, one.body.name) === names.identity(app.identity));
  const clientId = client ? `‹${client.stack}/${client.address}.client_id›` : "";
  const [checkpoints] = index
    .resources("azurerm_storage_container")
    .filter((one) => index.text(one.stack, one.body.name) === "checkpoints")
    .map((one) => index.text(one.stack, one.body.name));
  const urls = manifest.apis.map((other) => [
    `${other.name.toUpperCase().replaceAll("-", "_")}_URL`,
    `https://‹services/azurerm_function_app_flex_consumption.${other.name}-function-app.default_hostname›`,
  ]);
  const known: Readonly<Record<string, string>> = {
    ...(Object.fromEntries(urls) as Record<string, string>),
    KEY_VAULT_URL: `https://${names.vault}.vault.azure.net/`,
    MONGODB_DATABASE: name,
    CHECKPOINT_STORAGE_URL: `https://${names.checkpointStorage}.blob.core.windows.net/${checkpoints ?? ""}`,
  };
  const wanted: Readonly<Record<string, string>> = {
    ...Object.fromEntries(app.settings.map((setting) => [setting, known[setting] ?? "‹unknown›"])),
    AZURE_CLIENT_ID: clientId,
    REPLY_VALIDATION: environment.azure.replyValidation,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${clientId};Authorization=AAD`,
    OTEL_SERVICE_NAME: name,
    TELEMETRY_SAMPLING: String(environment.azure.telemetry.samplingRatio),
    LOG_LEVEL: environment.azure.telemetry.logLevel,
    OTEL_TRACES_SAMPLER: "always_off",
    // Empty, or the provider puts a key there.
    AzureWebJobsStorage: "",
    AzureWebJobsStorage__accountName: names.hostStorage(name),
    AzureWebJobsStorage__credential: "managedidentity",
    AzureWebJobsStorage__clientId: clientId,
  };
  const given = (block.body.app_settings ?? {}) as Readonly<Record<string, unknown>>;
  return [...new Set([...Object.keys(wanted), ...Object.keys(given)])].flatMap((setting) => {
    const text = index.text(block.stack, given[setting]);
    if (text === wanted[setting]) return [];
    if (wanted[setting] === undefined)
      return [at(block, `app_settings.${setting} is set, and nobody asks for it`)];
    return [at(block, `app_settings.${setting} is ${text ?? "missing"}, expected "${wanted[setting]}"`)];
  });
}

/** The one database that the app is told of. */
function databaseFindings(context: CheckContext, api: string): StackFinding[] {
  const { index } = context;
  const databases = ownOf(context, "azurerm_cosmosdb_mongo_database", api);
  const names = databases.map((block) => index.text(block.stack, block.body.name));
  if (names.join() === api) return [];
  return databases.map((block) =>
    at(block, `${api} has the databases ${names.join(", ")}, expected "${api}" alone`),
  );
}

function sizeFindings(context: CheckContext, api: string): StackFinding[] {
  const sizes = Object.entries(context.environment.azure.apps).find(([name]) => name === api)?.[1];
  if (!sizes) return [];
  const expected = [
    [APP, "instance_memory_in_mb", sizes.instanceMemoryMb],
    [APP, "maximum_instance_count", sizes.maximumInstances],
    [APP, "always_ready.instance_count", sizes.alwaysReadyInstances],
    ["azurerm_cosmosdb_mongo_database", "autoscale_settings.max_throughput", sizes.maximumThroughput],
  ] as const;
  return expected.flatMap(([type, path, size]) =>
    ownOf(context, type, api)
      .filter((block) => valuesAt(block.body, path.split(".")).some((given) => given !== size))
      .map((block) => at(block, `${path} is not the environment's ${size}`)),
  );
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
