import { namesOf } from "../../names.ts";
import { GROUP, nameOf, PLACED, REGION, to, type TypeRules } from "./type-rules.ts";

const DASHED = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Databases, storage, the vault and the function apps. */
export const serviceTypes: Readonly<Record<string, TypeRules>> = {
  azurerm_cosmosdb_account: {
    name: { attribute: "name", min: 3, max: 44, pattern: DASHED, within: [] },
    switches: {
      public_network_access_enabled: false,
      network_acl_bypass_for_azure_services: false,
      minimal_tls_version: "Tls12",
      "lifecycle.prevent_destroy": true,
      "backup.type": "Continuous",
      // MongoDB's protocol has no other way in: the key is in the vault, and renewed by rotation.
      local_authentication_disabled: false,
    },
    values: {
      ...PLACED,
      offer_type: "Standard",
      kind: "MongoDB",
      // What the driver needs: 4.2 is too old for it.
      mongo_server_version: "7.0",
      "capabilities.name": "EnableMongo",
      "consistency_policy.consistency_level": "Strong",
      "backup.tier": ["Continuous7Days", "Continuous30Days"],
      "geo_location.location": REGION,
      "geo_location.failover_priority": 0,
      "geo_location.zone_redundant": [true, false],
      automatic_failover_enabled: false,
      // Strong consistency knows one region that writes.
      multiple_write_locations_enabled: false,
    },
  },
  azurerm_cosmosdb_mongo_database: {
    name: { attribute: "name", min: 1, max: 63, pattern: DASHED, within: ["account_name"] },
    switches: { "lifecycle.prevent_destroy": true },
    values: { resource_group_name: GROUP, account_name: nameOf("azurerm_cosmosdb_account") },
    free: { "autoscale_settings.max_throughput": "invariants/apps" },
  },
  azurerm_cosmosdb_mongo_collection: {
    name: {
      attribute: "name",
      min: 1,
      max: 120,
      pattern: /^[\w.-]+$/,
      within: ["account_name", "database_name"],
    },
    switches: { "lifecycle.prevent_destroy": true },
    values: {
      resource_group_name: GROUP,
      account_name: nameOf("azurerm_cosmosdb_account"),
      database_name: nameOf("azurerm_cosmosdb_mongo_database"),
    },
    free: { shard_key: "invariants/collections", index: "invariants/collections" },
  },
  azurerm_storage_account: {
    name: { attribute: "name", min: 3, max: 24, pattern: /^[a-z0-9]+$/, within: [] },
    switches: {
      public_network_access_enabled: false,
      "network_rules.default_action": "Deny",
      "network_rules.bypass": "None",
      allow_nested_items_to_be_public: false,
      shared_access_key_enabled: false,
      local_user_enabled: false,
      cross_tenant_replication_enabled: false,
      https_traffic_only_enabled: true,
      min_tls_version: "TLS1_2",
    },
    values: {
      ...PLACED,
      account_kind: "StorageV2",
      account_tier: "Standard",
      account_replication_type: ["LRS", "ZRS"],
      default_to_oauth_authentication: true,
    },
    free: { blob_properties: "invariants/checkpoints" },
  },
  azurerm_storage_container: {
    name: { attribute: "name", min: 3, max: 63, pattern: DASHED, within: ["storage_account_id"] },
    switches: { container_access_type: "private" },
    values: { storage_account_id: to("azurerm_storage_account.id") },
  },
  azurerm_storage_container_immutability_policy: {
    name: null,
    switches: {
      locked: true,
      protected_append_writes_enabled: false,
      protected_append_writes_all_enabled: false,
    },
    values: {
      storage_container_resource_manager_id: to("azurerm_storage_container.id"),
      immutability_period_in_days: ({ environment }) => environment.azure.retention.checkpointDays,
    },
  },
  azurerm_key_vault: {
    name: { attribute: "name", min: 3, max: 24, pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, within: [] },
    switches: {
      public_network_access_enabled: false,
      "network_acls.default_action": "Deny",
      "network_acls.bypass": "None",
      // Access policies give rights on all secrets at once.
      rbac_authorization_enabled: true,
      purge_protection_enabled: true,
      soft_delete_retention_days: { min: 7, max: 90 },
    },
    values: {
      ...PLACED,
      // Its address is made of it.
      name: ({ environment }) => namesOf(environment).vault,
      tenant_id: ({ environment }) => environment.azure.tenantId,
      sku_name: ["standard", "premium"],
    },
  },
  azurerm_key_vault_secret: {
    name: { attribute: "name", min: 1, max: 127, pattern: /^[a-zA-Z0-9-]+$/, within: ["key_vault_id"] },
    switches: { value_wo: "set-by-rotate-keys" },
    values: {
      key_vault_id: to("azurerm_key_vault.id"),
      // Another version would write the placeholder over the secret.
      value_wo_version: 1,
      "lifecycle.ignore_changes": { all: ["content_type", "expiration_date", "not_before_date", "tags"] },
    },
  },
  azurerm_key_vault_key: {
    name: { attribute: "name", min: 1, max: 127, pattern: /^[a-zA-Z0-9-]+$/, within: ["key_vault_id"] },
    switches: { key_opts: { all: ["sign", "verify"] }, "rotation_policy.expire_after": /^P[1-3]Y$/ },
    values: {
      key_vault_id: to("azurerm_key_vault.id"),
      key_type: ["EC", "EC-HSM"],
      // What ES256 signatures are made with.
      curve: "P-256",
      "rotation_policy.notify_before_expiry": /^P(?:3[0-9]|[4-9][0-9])D$/,
      "lifecycle.ignore_changes": { all: ["expiration_date", "not_before_date", "tags"] },
    },
  },
  azurerm_service_plan: {
    name: { attribute: "name", min: 1, max: 60, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: { ...PLACED, os_type: "Linux", sku_name: "FC1" },
  },
  azurerm_function_app_flex_consumption: {
    name: { attribute: "name", min: 2, max: 60, pattern: DASHED, within: [] },
    switches: {
      public_network_access_enabled: false,
      https_only: true,
      webdeploy_publish_basic_authentication_enabled: false,
      "site_config.minimum_tls_version": ["1.2", "1.3"],
      "site_config.scm_minimum_tls_version": ["1.2", "1.3"],
      "site_config.ip_restriction_default_action": "Deny",
      "site_config.scm_ip_restriction_default_action": "Deny",
      storage_authentication_type: "UserAssignedIdentity",
      "identity.type": "UserAssigned",
    },
    values: {
      ...PLACED,
      runtime_name: "node",
      runtime_version: ["22", "24"],
      storage_container_type: "blobContainer",
      service_plan_id: to("azurerm_service_plan.id"),
      storage_user_assigned_identity_id: to("azurerm_user_assigned_identity.id"),
      "identity.identity_ids": to("azurerm_user_assigned_identity.id"),
      "always_ready.name": "http",
      "site_config.http2_enabled": true,
      "site_config.application_insights_connection_string": to(
        "azurerm_application_insights.connection_string",
      ),
      virtual_network_subnet_id: to("azurerm_subnet.id"),
    },
    free: {
      app_settings: "invariants/apps",
      storage_container_endpoint: "invariants/apps",
      instance_memory_in_mb: "invariants/apps",
      maximum_instance_count: "invariants/apps",
      "always_ready.instance_count": "invariants/apps",
    },
  },
};
