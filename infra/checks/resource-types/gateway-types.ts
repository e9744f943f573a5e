import { namesOf } from "../../names.ts";
import { GATEWAY, GROUP, nameOf, PLACED, to, type TypeRules } from "./type-rules.ts";

const DASHED = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const IN_GATEWAY = { resource_group_name: GROUP, api_management_name: GATEWAY } as const;
const API = nameOf("azurerm_api_management_api");
const CONTENT = "content and contract";

const DIAGNOSTIC: TypeRules = {
  name: null,
  // Bodies, headers, queries and addresses may hold what is known of a person.
  switches: {
    log_client_ip: false,
    "frontend_request.body_bytes": 0,
    "frontend_response.body_bytes": 0,
    "backend_request.body_bytes": 0,
    "backend_response.body_bytes": 0,
    "frontend_request.data_masking.query_params.mode": "Hide",
    "frontend_request.data_masking.query_params.value": "*",
    "backend_request.data_masking.query_params.mode": "Hide",
    "backend_request.data_masking.query_params.value": "*",
  },
  values: {
    ...IN_GATEWAY,
    identifier: "applicationinsights",
    api_management_logger_id: to("azurerm_api_management_logger.id"),
    always_log_errors: true,
    http_correlation_protocol: "W3C",
    operation_name_format: ["Name", "Url"],
    // Refusals of the gateway are told of nowhere else.
    sampling_percentage: 100,
    verbosity: "information",
  },
};

/** API Management and its parts. */
export const gatewayTypes: Readonly<Record<string, TypeRules>> = {
  azurerm_api_management: {
    name: { attribute: "name", min: 1, max: 50, pattern: /^[a-z][a-z0-9-]*[a-z0-9]$/, within: [] },
    switches: {
      // The one public address.
      public_network_access_enabled: true,
      "security.frontend_ssl30_enabled": false,
      "security.frontend_tls10_enabled": false,
      "security.frontend_tls11_enabled": false,
      "security.backend_ssl30_enabled": false,
      "security.backend_tls10_enabled": false,
      "security.backend_tls11_enabled": false,
      "security.triple_des_ciphers_enabled": false,
      min_api_version: "2021-08-01",
      "identity.type": "SystemAssigned",
      virtual_network_type: "External",
    },
    values: {
      ...PLACED,
      name: ({ environment }) => namesOf(environment).apiManagement,
      sku_name: ({ environment }) => `StandardV2_${environment.azure.gatewayUnits}`,
      publisher_name: ({ environment }) => environment.azure.publisher.name,
      publisher_email: ({ environment }) => environment.azure.publisher.email,
      "protocols.http2_enabled": true,
    },
    free: { "virtual_network_configuration.subnet_id": "invariants/subnets" },
  },
  azurerm_api_management_api: {
    name: { attribute: "name", min: 1, max: 256, pattern: DASHED, within: ["api_management_name"] },
    switches: { protocols: "https", subscription_required: [true, false] },
    values: { ...IN_GATEWAY, revision: "1", "import.content_format": "openapi+json" },
    free: {
      path: "contract",
      "import.content_value": CONTENT,
      display_name: "contract",
    },
  },
  azurerm_api_management_policy: {
    name: null,
    switches: "none",
    values: { api_management_id: to("azurerm_api_management.id") },
    free: { xml_content: CONTENT },
  },
  azurerm_api_management_api_policy: {
    name: null,
    switches: "none",
    values: { ...IN_GATEWAY, api_name: API },
    free: { xml_content: CONTENT },
  },
  azurerm_api_management_api_operation_policy: {
    name: null,
    switches: "none",
    values: { ...IN_GATEWAY, api_name: API },
    free: { xml_content: CONTENT, operation_id: "contract" },
  },
  azurerm_api_management_product: {
    name: {
      attribute: "product_id",
      min: 1,
      max: 256,
      pattern: DASHED,
      within: ["api_management_name"],
    },
    switches: { subscription_required: true, approval_required: true },
    values: { ...IN_GATEWAY, published: true },
    free: { display_name: "For people." },
  },
  azurerm_api_management_product_api: {
    name: null,
    switches: "none",
    values: { ...IN_GATEWAY, api_name: API },
    free: { product_id: "contract" },
  },
  azurerm_api_management_product_policy: {
    name: null,
    switches: "none",
    values: IN_GATEWAY,
    free: { product_id: "contract", xml_content: CONTENT },
  },
  azurerm_api_management_named_value: {
    name: { attribute: "name", min: 1, max: 256, pattern: /^[\w.-]+$/, within: ["api_management_name"] },
    // What is secret comes from the vault when it is needed, and is no named value.
    switches: { secret: false },
    values: IN_GATEWAY,
    free: { display_name: "contract", value: "invariants/gateway-parts" },
  },
  azurerm_api_management_backend: {
    name: { attribute: "name", min: 1, max: 80, pattern: DASHED, within: ["api_management_name"] },
    switches: { "tls.validate_certificate_chain": true, "tls.validate_certificate_name": true },
    values: { ...IN_GATEWAY, protocol: "http" },
    free: { url: "invariants/gateway-parts" },
  },
  azurerm_api_management_logger: {
    name: { attribute: "name", min: 1, max: 256, pattern: DASHED, within: ["api_management_name"] },
    // Without an identity it would send by the key that the connection string names.
    switches: { "application_insights.identity_client_id": "SystemAssigned" },
    values: {
      ...IN_GATEWAY,
      resource_id: to("azurerm_application_insights.id"),
      "application_insights.connection_string": to("azurerm_application_insights.connection_string"),
    },
  },
  azurerm_api_management_diagnostic: DIAGNOSTIC,
  azurerm_api_management_api_diagnostic: { ...DIAGNOSTIC, values: { ...DIAGNOSTIC.values, api_name: API } },
};
