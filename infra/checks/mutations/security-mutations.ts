import type { StackDocument } from "../../stack-document.ts";
import type { MutableBlock, MutableStack, Mutation } from "./mutation.ts";

/** What gives rights, shows secrets or changes documents. */
export function securityMutations(documents: readonly StackDocument[]): Mutation[] {
  return documents.flatMap((stack) => [
    ...roleMutations(stack),
    ...secretMutations(stack),
    ...textMutations(stack),
    ...documentMutations(stack),
  ]);
}

type Resources = Readonly<Record<string, MutableBlock>>;

function resourcesOf({ document }: StackDocument, type: string): [string, MutableBlock][] {
  return Object.entries((document.resource?.[type] ?? {}) as Resources);
}

function editing(stack: StackDocument, type: string, name: string) {
  return (kind: string, attribute: string, edit: (block: MutableBlock) => void): Mutation => ({
    kind,
    stack: stack.name,
    type,
    address: `${type}.${name}`,
    attribute,
    change: ({ document }) => edit(document.resource[type]?.[name] ?? {}),
  });
}

const ROLE = "azurerm_role_assignment";
const STRANGER = "11111111-2222-4333-8444-555555555555";

function roleMutations(stack: StackDocument): Mutation[] {
  return resourcesOf(stack, ROLE).flatMap(([name, given]) => {
    const edit = editing(stack, ROLE, name);
    const secret = String(given.role_definition_name).includes("Secrets");
    return [
      edit("widen-role", "role_definition_name", (block) => (block.role_definition_name = "Owner")),
      edit("neighbour-role", "role_definition_name", (block) => {
        block.role_definition_name = secret ? "Key Vault Secrets Officer" : "Contributor";
      }),
      edit("widen-scope", "scope", (block) => {
        block.scope = "/subscriptions/00000000-0000-4000-8000-000000000011";
      }),
      edit("other-principal", "principal_id", (block) => (block.principal_id = STRANGER)),
      edit("drop-grant", "", (block) => {
        for (const key of Object.keys(block)) Reflect.deleteProperty(block, key);
      }),
    ];
  });
}

const KEY = "q8Zr3vT1xWn6Kp0Ys4Lb7Hd2Jf5Mg9Qc8Rt1Uw3Xz6Ae==";
const URI = "mongodb://specimen:Zm9vYmFyYmF6cXV4@specimen.mongo.cosmos.azure.com:10255/?ssl=true";

function secretMutations(stack: StackDocument): Mutation[] {
  const added = (kind: string, type: string, change: (stack: MutableStack) => void): Mutation => ({
    kind,
    stack: stack.name,
    type,
    address: type,
    attribute: "",
    change,
  });
  const secrets = resourcesOf(stack, "azurerm_key_vault_secret").flatMap(([name]) => {
    const edit = editing(stack, "azurerm_key_vault_secret", name);
    return [
      edit("literal-secret", "value_wo", (block) => (block.value_wo = KEY)),
      edit("secret-in-state", "value", (block) => (block.value = "set-by-rotate-keys")),
    ];
  });
  const apps = resourcesOf(stack, "azurerm_function_app_flex_consumption").flatMap(([name]) => {
    const edit = editing(stack, "azurerm_function_app_flex_consumption", name);
    const setting = (kind: string, key: string, value: string) =>
      edit(kind, "app_settings", (block) => ((block.app_settings as MutableBlock)[key] = value));
    return [
      setting("literal-secret", "MONGODB_URI", URI),
      setting("literal-secret", "AUDIT_HOST_KEY", KEY),
      setting("foreign-setting", "WEBSITE_RUN_FROM_PACKAGE", "1"),
      setting("key-based-storage", "AzureWebJobsStorage", `DefaultEndpointsProtocol=https;AccountKey=${KEY}`),
    ];
  });
  const outputs = Object.entries(SECRET_ATTRIBUTES).flatMap(([type, attributes]) =>
    resourcesOf(stack, type)
      .slice(0, 1)
      .flatMap(([name]) =>
        attributes.map((attribute) =>
          added("output-of-key", type, ({ document }) => {
            document.output.leak = { value: `\${${type}.${name}.${attribute}}`, sensitive: true };
          }),
        ),
      ),
  );
  return [
    ...secrets,
    ...apps,
    ...outputs,
    added("output-of-literal", "output", ({ document }) => (document.output.leak = { value: KEY })),
    added("read-host-keys", "data", ({ document }) => {
      document.data.azurerm_function_app_host_keys = {
        all: { name: "specimen", resource_group_name: "specimen" },
      };
    }),
    added("read-secret", "data", ({ document }) => {
      document.data.azurerm_key_vault_secret = { one: { name: "audit-host-key", key_vault_id: "/vault" } };
    }),
    added("unknown-type", "azurerm_public_ip_prefix", ({ document }) => {
      document.resource.azurerm_public_ip_prefix = {
        doors: { name: "doors", location: "westeurope", resource_group_name: "specimen-dev" },
      };
    }),
    added("keep-subscription-key", "azurerm_api_management_subscription", ({ document }) => {
      document.resource.azurerm_api_management_subscription = {
        partner: {
          display_name: "partner",
          api_management_name: "specimen",
          resource_group_name: "specimen",
        },
      };
    }),
  ];
}

const SECRET_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  azurerm_storage_account: ["primary_access_key", "primary_connection_string"],
  azurerm_cosmosdb_account: ["primary_key", "primary_mongodb_connection_string"],
  azurerm_log_analytics_workspace: ["primary_shared_key"],
  azurerm_application_insights: ["instrumentation_key"],
  azurerm_function_app_flex_consumption: ["site_credential"],
  azurerm_key_vault_secret: ["value"],
};

function textMutations(stack: StackDocument): Mutation[] {
  const assets = [...stack.assets.keys()].flatMap((path): Mutation[] => {
    const place = { stack: stack.name, type: "asset", address: path, attribute: "" };
    const replace = (from: string | RegExp, to: string) => (copy: MutableStack) =>
      void copy.assets.set(path, (copy.assets.get(path) ?? "").replace(from, to));
    return [
      { ...place, kind: "drop-asset", change: (copy) => copy.assets.delete(path) },
      { ...place, kind: "rename-operation", change: replace(/"operationId": ?"/, "$&x") },
      { ...place, kind: "broken-json", change: replace("{", "[") },
      { ...place, kind: "one-letter", change: replace("e", "E") },
      { ...place, kind: "one-more-line", change: replace(/$/, "\n") },
    ];
  });
  const policies = Object.keys(stack.document.resource ?? {})
    .filter((type) => type.endsWith("_policy") && type.startsWith("azurerm_api"))
    .flatMap((type) =>
      resourcesOf(stack, type).flatMap(([name]) => {
        const edit = editing(stack, type, name);
        const replace = (kind: string, from: RegExp, to: string) =>
          edit(kind, "xml_content", (block) => {
            block.xml_content = String(block.xml_content).replace(from, to);
          });
        return [
          replace("drop-base", /<base \/>\n?/, ""),
          replace("open-policy", /<\/policies>/, "<!-- x --></policies>"),
          replace("unknown-named-value", /<policies>/, "<policies>{{nothing}}"),
          replace("unescaped-template", /<policies>/, "<policies>${nothing}"),
        ];
      }),
    );
  return [...assets, ...policies];
}

function documentMutations(stack: StackDocument): Mutation[] {
  const place = { stack: stack.name, attribute: "" };
  const outputs = Object.keys(stack.document.output ?? {})
    .filter((name) => name.startsWith("cross-stack"))
    .map((name): Mutation => ({
      ...place,
      kind: "drop-output",
      type: "output",
      address: `output.${name}`,
      change: ({ document }) => Reflect.deleteProperty(document.output, name),
    }));
  const backend = Object.keys(
    (stack.document.terraform?.backend as Record<string, MutableBlock> | undefined)?.azurerm ?? {},
  ).map((name): Mutation => ({
    ...place,
    kind: "drop-backend-setting",
    type: "terraform",
    address: "terraform.backend.azurerm",
    attribute: name,
    change: ({ document }) =>
      Reflect.deleteProperty(
        (document.terraform.backend as Record<string, MutableBlock>).azurerm ?? {},
        name,
      ),
  }));
  const version = (kind: string, change: (terraform: MutableBlock) => void): Mutation => ({
    ...place,
    kind,
    type: "terraform",
    address: "terraform",
    change: ({ document }) => change(document.terraform),
  });
  return [
    ...outputs,
    ...backend,
    version("older-terraform", (terraform) => (terraform.required_version = ">= 1.5")),
    version("newer-provider", (terraform) => {
      terraform.required_providers = { azurerm: { source: "azurerm", version: ">= 4.81" } };
    }),
    {
      ...place,
      kind: "drop-remote-state",
      type: "data",
      address: "data.terraform_remote_state",
      change: ({ document }) => Reflect.deleteProperty(document.data, "terraform_remote_state"),
    },
    ...Object.entries(stack.document.resource ?? {}).flatMap(([type, named]) =>
      Object.keys(named)
        .slice(0, 1)
        .map((name) =>
          editing(stack, type, name)(
            "cycle",
            "depends_on",
            (block) => (block.depends_on = [`${type}.${name}`]),
          ),
        ),
    ),
  ];
}
