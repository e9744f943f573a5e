import type { Mutation } from "./mutation.ts";

/** A mutation that no check finds, and why none has to. */
export interface Survivor extends Pick<Mutation, "kind" | "type" | "attribute"> {
  readonly harmless: string;
}

const LABEL = "A label for people: nothing refers to it.";

/** All that survive. Whatever else does is a gap in the checks. */
export const SURVIVORS: readonly Survivor[] = [
  {
    kind: "change-text",
    type: "azurerm_network_security_group",
    attribute: "security_rule.name",
    harmless: LABEL,
  },
  {
    kind: "change-number",
    type: "azurerm_network_security_group",
    attribute: "security_rule.priority",
    harmless: "The rules stay in their order. What changes it is found by what may then pass.",
  },
  {
    kind: "change-text",
    type: "azurerm_private_dns_zone_virtual_network_link",
    attribute: "name",
    harmless: LABEL,
  },
  { kind: "change-text", type: "azurerm_monitor_diagnostic_setting", attribute: "name", harmless: LABEL },
  ...["drop-attribute", "change-text", "empty-text"].map((kind) => ({
    kind,
    type: "azurerm_resource_group",
    attribute: "tags.managedBy",
    harmless: LABEL,
  })),
  {
    kind: "drop-attribute",
    type: "azurerm_role_assignment",
    attribute: "skip_service_principal_aad_check",
    harmless: "Deploying may have to be tried again; the right is the same.",
  },
  ...["container_delete_retention_policy", "delete_retention_policy"].map((policy) => ({
    kind: "change-number",
    type: "azurerm_storage_account",
    attribute: `blob_properties.${policy}.days`,
    harmless: "Kept for a day longer. Less than a week is refused.",
  })),
  {
    kind: "flip",
    type: "azurerm_cosmosdb_account",
    attribute: "geo_location.zone_redundant",
    harmless: "A question of cost: no region has to have zones.",
  },
  {
    kind: "drop-dependency",
    type: "azurerm_api_management_api_operation_policy",
    attribute: "depends_on azurerm_api_management_api",
    harmless: "It waits for the API already, because it names it.",
  },
  {
    kind: "change-text",
    type: "azurerm_api_management_logger",
    attribute: "name",
    harmless: LABEL,
  },
  ...["change-text", "empty-text"].map((kind) => ({
    kind,
    type: "azurerm_api_management_product",
    attribute: "display_name",
    harmless: LABEL,
  })),
  ...["name", "short_name", "email_receiver.name"].map((attribute) => ({
    kind: "change-text",
    type: "azurerm_monitor_action_group",
    attribute,
    harmless: LABEL,
  })),
  ...["drop-attribute", "change-text", "empty-text"].map((kind) => ({
    kind,
    type: "azurerm_monitor_scheduled_query_rules_alert_v2",
    attribute: "display_name",
    harmless: "A label for people: alerts are known by their names.",
  })),
];
