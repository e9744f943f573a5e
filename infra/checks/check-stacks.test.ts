import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { dev } from "../../environments/dev.ts";
import { prod } from "../../environments/prod.ts";
import { test as testEnvironment } from "../../environments/test.ts";
import type { StackDocument, StackName } from "../stack-document.ts";
import { synthesise } from "../synthesise.ts";
import { checkStacks, type Expectations } from "./check-stacks.ts";
import { mutated, type MutableBlock, type MutableStack } from "./mutations/mutation.ts";
import { readExpectations } from "./read-expectations.ts";

const project = join(import.meta.dirname, "../..");
let outputDirectory: string;
let stacks: readonly StackDocument[];
let expectations: Expectations;

beforeAll(async () => {
  outputDirectory = await mkdtemp(join(tmpdir(), "stacks-"));
  stacks = await synthesise({ environment: dev, projectDirectory: project, outputDirectory });
  expectations = await readExpectations(project, dev);
});

afterAll(() => rm(outputDirectory, { recursive: true, force: true }));

describe("the stacks of every environment", () => {
  it.each([dev, testEnvironment, prod])("$name has no findings", async (environment) => {
    const documents = await synthesise({ environment, projectDirectory: project, outputDirectory });
    expect(checkStacks(documents, await readExpectations(project, environment))).toEqual([]);
  });
});

type Edit = (block: MutableBlock, stack: MutableStack) => void;

const set =
  (name: string, value: unknown): Edit =>
  (block) =>
    void (block[name] = value);
const inside =
  (name: string, edit: Edit): Edit =>
  (block, stack) => {
    const inner = block[name];
    edit((Array.isArray(inner) ? inner[0] : inner) as MutableBlock, stack);
  };
const drop =
  (name: string): Edit =>
  (block) =>
    void Reflect.deleteProperty(block, name);
const gone: Edit = (_block, { document }) => {
  for (const named of Object.values(document.resource))
    for (const [name, block] of Object.entries(named))
      if (block === _block) Reflect.deleteProperty(named, name);
};

function findingsAfter(stack: StackName, address: string, edit: Edit) {
  const [type = "", name = ""] = address.split(".");
  const change = (copy: MutableStack) => edit(copy.document.resource[type]?.[name] ?? {}, copy);
  return checkStacks(
    mutated(stacks, { kind: "", attribute: "", stack, type, address, change }),
    expectations,
  );
}

describe("a fault", () => {
  it.each<[check: string, stack: StackName, address: string, edit: Edit, message: RegExp]>([
    [
      "references",
      "foundation",
      "azurerm_key_vault.vault",
      set("location", "${azurerm_resource_group.other.location}"),
      /not in this stack/,
    ],
    [
      "references",
      "foundation",
      "azurerm_key_vault.vault",
      set("location", "${azurerm_resource_group.resource-group.place}"),
      /no attribute place/,
    ],
    [
      "references",
      "gateway",
      "azurerm_api_management_policy.policy",
      set("xml_content", "${not closed"),
      /cannot be parsed/,
    ],
    [
      "references",
      "gateway",
      "azurerm_api_management_policy.policy",
      set("xml_content", "%{ if x }"),
      /stray %\{/,
    ],
    [
      "references",
      "gateway",
      "azurerm_api_management_policy.policy",
      set("xml_content", '${file("assets/none.xml")}'),
      /not among the stack's assets/,
    ],
    [
      "references",
      "gateway",
      "azurerm_api_management_policy.policy",
      set("depends_on", ["azurerm_api_management_backend.none"]),
      /depends_on names/,
    ],
    [
      "references",
      "foundation",
      "azurerm_key_vault.vault",
      set("depends_on", ["azurerm_private_endpoint.vault-endpoint"]),
      /waits for itself/,
    ],
    [
      "references",
      "foundation",
      "azurerm_key_vault.vault",
      (_, { document }) => void (document.output = {}),
      /has no output/,
    ],
    ["attributes", "foundation", "azurerm_key_vault.vault", drop("sku_name"), /sku_name is missing/],
    [
      "attributes",
      "foundation",
      "azurerm_key_vault.vault",
      set("sku", "standard"),
      /not known to the provider/,
    ],
    [
      "attributes",
      "foundation",
      "azurerm_key_vault.vault",
      set("public_network_access_enabled", "no"),
      /takes boolean/,
    ],
    [
      "resource-types/switches",
      "foundation",
      "azurerm_key_vault.vault",
      drop("public_network_access_enabled"),
      /is missing, expected false/,
    ],
    [
      "resource-types/switches",
      "services",
      "azurerm_cosmosdb_account.patient-database",
      set("minimal_tls_version", "Tls11"),
      /expected "Tls12"/,
    ],
    [
      "resource-types/switches",
      "services",
      "azurerm_storage_account.patient-host-storage",
      set("shared_access_key_enabled", true),
      /expected false/,
    ],
    [
      "resource-types/switches",
      "services",
      "azurerm_function_app_flex_consumption.patient-function-app",
      inside("site_config", set("scm_minimum_tls_version", "1.0")),
      /scm_minimum_tls_version/,
    ],
    [
      "resource-types/switches",
      "foundation",
      "azurerm_key_vault.vault",
      (_, { document }) => void (document.resource.azurerm_public_ip_prefix = { doors: {} }),
      /nothing says what is safe for azurerm_public_ip_prefix/,
    ],
    [
      "resource-types/values",
      "services",
      "azurerm_storage_account.patient-host-storage",
      inside("network_rules", set("ip_rules", ["0.0.0.0/0"])),
      /no rule of azurerm_storage_account speaks of it/,
    ],
    [
      "resource-types/values",
      "services",
      "azurerm_service_plan.patient-plan",
      set("sku_name", "FC2"),
      /expected "FC1"/,
    ],
    [
      "resource-types/names",
      "foundation",
      "azurerm_storage_account.checkpoint-storage",
      set("name", "specimen-dev-worm"),
      /does not match/,
    ],
    [
      "resource-types/names",
      "foundation",
      "azurerm_storage_account.checkpoint-storage",
      set("name", "specimendevcheckpointsworm"),
      /has 26 characters/,
    ],
    [
      "resource-types/names",
      "foundation",
      "azurerm_private_dns_zone.blob-zone",
      set("name", "privatelink.queue.core.windows.net"),
      /that of azurerm_private_dns_zone\.queue-zone too/,
    ],
    [
      "invariants/subnets",
      "foundation",
      "azurerm_subnet.shared",
      set("address_prefixes", ["10.10.0.0/27"]),
      /overlaps that of azurerm_subnet\.gateway/,
    ],
    [
      "invariants/subnets",
      "foundation",
      "azurerm_subnet.shared",
      set("address_prefixes", ["10.99.0.0/27"]),
      /not in that of/,
    ],
    [
      "invariants/subnets",
      "foundation",
      "azurerm_subnet.shared",
      drop("private_endpoint_network_policies"),
      /rules are not asked/,
    ],
    [
      "invariants/subnets",
      "foundation",
      "azurerm_subnet.patient-app",
      drop("delegation"),
      /delegated to nobody/,
    ],
    [
      "invariants/subnets",
      "foundation",
      "azurerm_subnet_network_security_group_association.shared-guard",
      gone,
      /has no network security group/,
    ],
    [
      "invariants/security-rules",
      "foundation",
      "azurerm_network_security_group.shared-rules",
      inside("security_rule", set("priority", 110)),
      /two rules have the priority 110/,
    ],
    [
      "invariants/reach",
      "foundation",
      "azurerm_network_security_group.patient-data-rules",
      inside("security_rule", set("source_address_prefix", "10.10.0.128/26")),
      /audit-app should not open/,
    ],
    [
      "invariants/reach",
      "foundation",
      "azurerm_network_security_group.patient-data-rules",
      inside("security_rule", set("access", "Deny")),
      /has to open/,
    ],
    [
      "invariants/reach",
      "foundation",
      "azurerm_network_security_group.patient-data-rules",
      inside("security_rule", set("source_address_prefix", "10.10.1.0/27")),
      /cannot from everywhere/,
    ],
    [
      "invariants/private-endpoints",
      "foundation",
      "azurerm_private_endpoint.vault-endpoint",
      drop("private_dns_zone_group"),
      /in no DNS zone/,
    ],
    [
      "invariants/private-endpoints",
      "foundation",
      "azurerm_private_endpoint.vault-endpoint",
      gone,
      /has no private endpoint/,
    ],
    [
      "invariants/private-endpoints",
      "foundation",
      "azurerm_private_endpoint.vault-endpoint",
      set("subnet_id", "${azurerm_subnet.patient-data.id}"),
      /does not belong/,
    ],
    [
      "invariants/guards",
      "foundation",
      "azurerm_private_endpoint.vault-endpoint",
      set("subnet_id", "${azurerm_subnet.shared.id}"),
      /does not wait for azurerm_subnet_network_security_group_association\.shared-guard/,
    ],
    [
      "invariants/guards",
      "foundation",
      "azurerm_subnet_nat_gateway_association.gateway-way-out",
      (_, { document }) =>
        void (document.resource.azurerm_api_management = {
          early: {
            virtual_network_configuration: {
              subnet_id: "${azurerm_subnet_network_security_group_association.gateway-guard.subnet_id}",
            },
          },
        }),
      /does not wait for azurerm_subnet_nat_gateway_association\.gateway-way-out, before which its subnet has no/,
    ],
    [
      "invariants/ways-out",
      "foundation",
      "azurerm_public_ip.way-out-address",
      (block, { document }) =>
        void (document.resource.azurerm_public_ip = { "way-out-address": block, door: { ...block } }),
      /there are 2 of azurerm_public_ip, expected one/,
    ],
    [
      "invariants/ways-out",
      "gateway",
      "azurerm_api_management.api-management",
      (_, { document }) => void (document.resource.azurerm_public_ip = { door: { name: "door" } }),
      /there are 2 of azurerm_public_ip, expected one/,
    ],
    [
      "invariants/ways-out",
      "foundation",
      "azurerm_private_endpoint.vault-endpoint",
      set("public_ip_address_id", "${azurerm_public_ip.way-out-address.id}"),
      /uses azurerm_public_ip\.way-out-address, which is the NAT gateway's alone/,
    ],
    [
      "invariants/ways-out",
      "foundation",
      "azurerm_subnet_nat_gateway_association.patient-app-way-out",
      gone,
      /"patient-app" has 0 ways out, expected one/,
    ],
    [
      "invariants/ways-out",
      "foundation",
      "azurerm_subnet_nat_gateway_association.patient-app-way-out",
      set("subnet_id", "${azurerm_subnet.patient-data.id}"),
      /gives a way out to "patient-data", which does not need it/,
    ],
    [
      "invariants/ways-out",
      "foundation",
      "azurerm_subnet_nat_gateway_association.patient-app-way-out",
      set("nat_gateway_id", "${azurerm_nat_gateway.way-out.id}"),
      /does not wait for azurerm_nat_gateway_public_ip_association, before which it leads nowhere/,
    ],
    [
      "resource-types/switches",
      "foundation",
      "azurerm_subnet.gateway",
      drop("default_outbound_access_enabled"),
      /default_outbound_access_enabled is missing, expected false/,
    ],
    [
      "invariants/private-endpoints",
      "foundation",
      "azurerm_private_dns_zone_virtual_network_link.blob-zone-link",
      gone,
      /not linked/,
    ],
    [
      "invariants/roles",
      "services",
      "azurerm_role_assignment.patient-app-reads-audit-host-key",
      gone,
      /nothing grants "patient-app \| Key Vault Secrets User \| secret audit-host-key"/,
    ],
    [
      "invariants/roles",
      "services",
      "azurerm_role_assignment.patient-app-reads-audit-host-key",
      set("scope", "${azurerm_key_vault_secret.audit-subject-key.resource_versionless_id}"),
      /which nobody asks for/,
    ],
    [
      "invariants/roles",
      "services",
      "azurerm_role_assignment.patient-app-reads-audit-host-key",
      set("role_definition_name", "Owner"),
      /Owner/,
    ],
    [
      "invariants/secrets",
      "services",
      "azurerm_key_vault_secret.audit-host-key",
      set("value", "set-by-rotate-keys"),
      /kept in the state/,
    ],
    [
      "invariants/secrets",
      "foundation",
      "azurerm_key_vault.vault",
      (_, { document }) =>
        void (document.output.key = {
          value: "${azurerm_storage_account.checkpoint-storage.primary_access_key}",
        }),
      /is a secret/,
    ],
    [
      "invariants/secrets",
      "foundation",
      "azurerm_key_vault.vault",
      (_, { document }) => void (document.data.azurerm_function_app_host_keys = { a: {} }),
      /what is read is kept in the state/,
    ],
    [
      "invariants/secrets",
      "gateway",
      "azurerm_api_management_named_value.named-value-partner-calls",
      set("value", "q8Zr3vT1xWn6Kp0Ys4Lb7Hd2Jf5Mg9Qc8Rt1Uw3Xz6Ae=="),
      /looks like a key/,
    ],
    [
      "invariants/apps",
      "services",
      "azurerm_function_app_flex_consumption.patient-function-app",
      inside("app_settings", set("AUDIT_URL", "https://audit.example")),
      /app_settings\.AUDIT_URL is/,
    ],
    [
      "invariants/apps",
      "services",
      "azurerm_function_app_flex_consumption.patient-function-app",
      inside("app_settings", set("EXTRA", "1")),
      /nobody asks for it/,
    ],
    [
      "invariants/apps",
      "services",
      "azurerm_function_app_flex_consumption.patient-function-app",
      set("service_plan_id", "${azurerm_service_plan.audit-plan.id}"),
      /patient's own/,
    ],
    [
      "invariants/apps",
      "services",
      "azurerm_function_app_flex_consumption.patient-function-app",
      drop("depends_on"),
      /does not wait for/,
    ],
    [
      "invariants/collections",
      "services",
      "azurerm_cosmosdb_mongo_collection.patient-tests",
      set("shard_key", "_id"),
      /expected .*patientId/,
    ],
    [
      "invariants/checkpoints",
      "foundation",
      "azurerm_storage_container_immutability_policy.checkpoint-retention",
      gone,
      /0 policies keep/,
    ],
    [
      "invariants/diagnostics",
      "foundation",
      "azurerm_monitor_diagnostic_setting.vault-diagnostics",
      gone,
      /does not log AuditEvent/,
    ],
    [
      "invariants/gateway-parts",
      "gateway",
      "azurerm_api_management_backend.backend-patient",
      set("url", "http://patient.example"),
      /url is http:/,
    ],
    [
      "invariants/gateway-parts",
      "gateway",
      "azurerm_api_management_named_value.named-value-partner-calls",
      set("value", "12001"),
      /value is 12001, expected 12000/,
    ],
    [
      "invariants/alerts",
      "gateway",
      "azurerm_monitor_scheduled_query_rules_alert_v2.alert-ledger-damaged",
      set("severity", 3),
      /the table says 0/,
    ],
    [
      "invariants/providers",
      "services",
      "azurerm_service_plan.patient-plan",
      (_, { document }) => void (document.terraform.required_version = ">= 1.5"),
      /required_version/,
    ],
    [
      "contract",
      "gateway",
      "azurerm_api_management_api_operation_policy.policy-patient-getPatient",
      set("operation_id", "readPatient"),
      /import has no operation "readPatient"/,
    ],
    [
      "contract",
      "gateway",
      "azurerm_api_management_api_operation_policy.policy-patient-getPatient",
      gone,
      /getPatient\.xml is in no resource/,
    ],
    [
      "contract",
      "gateway",
      "azurerm_api_management_named_value.named-value-patient-read-calls",
      gone,
      /there is no named value "patient-read-calls"/,
    ],
    [
      "contract",
      "gateway",
      "azurerm_api_management_api_operation_policy.policy-patient-getPatient",
      drop("depends_on"),
      /does not wait for the named value/,
    ],
    [
      "contract",
      "gateway",
      "azurerm_api_management_api_policy.policy-patient",
      (block) =>
        void (block.xml_content = String(block.xml_content).replace(
          'backend-id="patient"',
          'backend-id="none"',
        )),
      /there is no backend "none"/,
    ],
    [
      "contract",
      "gateway",
      "azurerm_api_management_product_api.product-partner-patient",
      gone,
      /joins partner ↔ patient/,
    ],
    [
      "content",
      "gateway",
      "azurerm_api_management_policy.policy",
      (block) => void (block.xml_content = `${String(block.xml_content)} `),
      /differs from generated\/apim\/global\.xml/,
    ],
  ])("%s: %s %s", (check, stack, address, edit, message) => {
    const found = findingsAfter(stack, address, edit).filter((one) => one.check === check);
    expect(found.map((one) => one.message).join("\n")).toMatch(message);
  });
});

describe("a near miss", () => {
  const template = "${azurerm_resource_group.resource-group.name}";
  it.each<[what: string, stack: StackName, address: string, edit: Edit]>([
    [
      "a reference through a function",
      "foundation",
      "azurerm_key_vault.vault",
      set("resource_group_name", `\${lower(${template.slice(2, -1)})}`),
    ],
    [
      "a name written out",
      "foundation",
      "azurerm_key_vault.vault",
      set("resource_group_name", "specimen-dev"),
    ],
    [
      "a dependency that is there already",
      "foundation",
      "azurerm_key_vault.vault",
      set("depends_on", ["azurerm_resource_group.resource-group"]),
    ],
    [
      "an endpoint that names its subnet, and waits for the guard in another way",
      "foundation",
      "azurerm_private_endpoint.vault-endpoint",
      (block) => {
        block.subnet_id = "${azurerm_subnet.shared.id}";
        block.depends_on = ["azurerm_subnet_network_security_group_association.shared-guard"];
      },
    ],
    [
      "an app that names its subnet: its stack comes when the network is complete",
      "foundation",
      "azurerm_subnet.patient-app",
      (_, { document }) => {
        const id = "cross-stack-output-azurerm_subnet_nat_gateway_associationpatient-app-way-outsubnet_id";
        expect(document.output).toHaveProperty(id);
        document.output[id] = { value: "${azurerm_subnet.patient-app.id}" };
      },
    ],
    [
      "a way out that waits for its address in another way",
      "foundation",
      "azurerm_subnet_nat_gateway_association.patient-app-way-out",
      (block) => {
        block.nat_gateway_id = "${azurerm_nat_gateway.way-out.id}";
        block.depends_on = ["azurerm_nat_gateway_public_ip_association.way-out-addressed"];
      },
    ],
    [
      "TLS that is newer",
      "services",
      "azurerm_function_app_flex_consumption.patient-function-app",
      inside("site_config", set("minimum_tls_version", "1.3")),
    ],
    [
      "another order of priorities",
      "foundation",
      "azurerm_network_security_group.patient-data-rules",
      inside("security_rule", set("priority", 105)),
    ],
    [
      "rules that allow the same twice",
      "foundation",
      "azurerm_network_security_group.patient-data-rules",
      (block) => {
        const rules = block.security_rule as MutableBlock[];
        rules.push({ ...rules[0], name: "again", priority: 4000 });
      },
    ],
    [
      "prefixes as a list",
      "foundation",
      "azurerm_network_security_group.patient-data-rules",
      inside("security_rule", (rule) => {
        rule.source_address_prefixes = [rule.source_address_prefix];
        rule.source_address_prefix = null;
      }),
    ],
    [
      "an address as an output",
      "foundation",
      "azurerm_key_vault.vault",
      (_, { document }) => void (document.output.vault = { value: "${azurerm_key_vault.vault.vault_uri}" }),
    ],
    [
      "a container's literal escape",
      "foundation",
      "azurerm_resource_group.resource-group",
      inside("tags", set("managedBy", "$${literal} and 100%")),
    ],
    [
      "a document as escaped text instead of a file",
      "gateway",
      "azurerm_api_management_api.api-patient",
      (block, { assets }) => {
        const text = [...assets].find(([path]) => path.includes("patient"))?.[1] ?? "";
        const own = block.import as MutableBlock;
        own.content_value = text.replace(/([$%])\{/g, "$1$1{");
      },
    ],
  ])("passes: %s", (_what, stack, address, edit) => {
    expect(findingsAfter(stack, address, edit)).toEqual([]);
  });
});
