import { namesOf } from "../../names.ts";
import { GROUP, NETWORK, PLACED, REGION, to, type TypeRules } from "./type-rules.ts";

const ROLES = "invariants/roles";
const DASHED = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The network, and what everything else stands on. */
export const foundationTypes: Readonly<Record<string, TypeRules>> = {
  azurerm_resource_group: {
    name: { attribute: "name", min: 1, max: 90, pattern: DASHED, within: [] },
    switches: "none",
    values: {
      name: ({ environment }) => namesOf(environment).resourceGroup,
      location: REGION,
      "tags.environment": ({ environment }) => environment.name,
    },
  },
  azurerm_virtual_network: {
    name: { attribute: "name", min: 2, max: 64, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: {
      ...PLACED,
      name: ({ environment }) => namesOf(environment).network,
      address_space: ({ environment }) => environment.azure.addressSpace,
    },
  },
  azurerm_subnet: {
    name: { attribute: "name", min: 1, max: 80, pattern: DASHED, within: ["virtual_network_name"] },
    // Azure's own way out, which is nobody's address in particular. Those that need one have a NAT gateway.
    switches: { default_outbound_access_enabled: false },
    values: { resource_group_name: GROUP, virtual_network_name: NETWORK },
    optional: {
      private_endpoint_network_policies: "NetworkSecurityGroupEnabled",
      "delegation.name": "delegation",
      "delegation.service_delegation.name": ["Microsoft.Web/serverFarms", "Microsoft.App/environments"],
      "delegation.service_delegation.actions": "Microsoft.Network/virtualNetworks/subnets/join/action",
    },
    free: { address_prefixes: "invariants/subnets" },
  },
  azurerm_network_security_group: {
    name: { attribute: "name", min: 1, max: 80, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: {
      ...PLACED,
      "security_rule.name": /^[a-zA-Z0-9](?:[\w.-]{0,78}\w)?$/,
      "security_rule.priority": { min: 100, max: 4096 },
      "security_rule.direction": ["Inbound", "Outbound"],
      "security_rule.access": ["Allow", "Deny"],
      "security_rule.protocol": ["Tcp", "*"],
      "security_rule.source_port_range": "*",
    },
    free: { security_rule: "invariants/reach and invariants/security-rules" },
  },
  azurerm_subnet_network_security_group_association: {
    name: null,
    switches: "none",
    values: {
      subnet_id: to("azurerm_subnet.id"),
      network_security_group_id: to("azurerm_network_security_group.id"),
    },
  },
  azurerm_public_ip: {
    name: { attribute: "name", min: 1, max: 80, pattern: DASHED, within: ["resource_group_name"] },
    // A basic one would be open to whatever comes.
    switches: { sku: "Standard" },
    values: {
      ...PLACED,
      name: ({ environment }) => namesOf(environment).publicIp,
      allocation_method: "Static",
    },
  },
  azurerm_nat_gateway: {
    name: { attribute: "name", min: 1, max: 80, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: {
      ...PLACED,
      name: ({ environment }) => namesOf(environment).natGateway,
      // No other can be attached to delegated subnets.
      sku_name: "Standard",
    },
  },
  azurerm_nat_gateway_public_ip_association: {
    name: null,
    switches: "none",
    values: {
      nat_gateway_id: to("azurerm_nat_gateway.id"),
      public_ip_address_id: to("azurerm_public_ip.id"),
    },
  },
  azurerm_subnet_nat_gateway_association: {
    name: null,
    switches: "none",
    values: { subnet_id: to("azurerm_subnet.id"), nat_gateway_id: to("azurerm_nat_gateway.id") },
  },
  azurerm_private_dns_zone: {
    name: {
      attribute: "name",
      min: 1,
      max: 63,
      pattern: /^privatelink(\.[a-z0-9-]+)+$/,
      within: ["resource_group_name"],
    },
    switches: "none",
    values: { resource_group_name: GROUP },
  },
  azurerm_private_dns_zone_virtual_network_link: {
    name: { attribute: "name", min: 1, max: 80, pattern: DASHED, within: ["private_dns_zone_name"] },
    switches: { registration_enabled: false },
    values: {
      resource_group_name: GROUP,
      private_dns_zone_name: /^privatelink\./,
      virtual_network_id: to("azurerm_virtual_network.id"),
    },
  },
  azurerm_private_endpoint: {
    name: { attribute: "name", min: 2, max: 64, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: {
      ...PLACED,
      subnet_id: to("azurerm_subnet.id"),
      "private_service_connection.name": DASHED,
      // A connection that somebody has to approve is no connection yet.
      "private_service_connection.is_manual_connection": false,
      "private_dns_zone_group.name": "default",
      "private_dns_zone_group.private_dns_zone_ids": to("azurerm_private_dns_zone.id"),
    },
    free: { private_service_connection: "invariants/private-endpoints" },
  },
  azurerm_user_assigned_identity: {
    name: { attribute: "name", min: 3, max: 128, pattern: DASHED, within: ["resource_group_name"] },
    switches: "none",
    values: PLACED,
  },
  azurerm_role_assignment: {
    name: null,
    switches: "none",
    values: { principal_type: ["ServicePrincipal", "Group"] },
    // Only spares a look-up that fails for principals which have just been made.
    optional: { skip_service_principal_aad_check: true },
    free: { role_definition_name: ROLES, scope: ROLES, principal_id: ROLES },
  },
};
