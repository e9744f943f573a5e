import type { ContractEdit } from "../contract-edit.ts";
import { AUDIT, GLOBAL_POLICY, PARTNER, PATIENT, RATE_LIMIT } from "./files.ts";

/** What else the gateway asks of a request or does to an answer. OpenAPI says none of it. */
export const policyEdits: readonly ContractEdit[] = [
  {
    name: "policy-requires-a-header",
    why: "The contract still says that the header is optional; the gateway answers 400 without it.",
    changes: [
      {
        file: "apim-policies/fragments/purpose-required.xml",
        create: [
          "<macro>",
          "  <inbound>",
          '    <check-header name="X-Purpose-Of-Use" failed-check-httpcode="400" failed-check-error-message="Say why." ignore-case="true" />',
          "  </inbound>",
          "</macro>",
        ],
      },
      {
        file: PATIENT,
        after: "x-apim-products: [partner]",
        insert: ["x-apim-policies:▸", "  - purpose-required:▸ {}"],
      },
    ],
    verdict: "major",
    redoclyAlone: "minor",
  },
  {
    name: "policy-requires-a-header-of-the-contract",
    why: "The contract requires the header too, which does not help who does not send it.",
    changes: [
      {
        file: "apim-policies/fragments/purpose-required.xml",
        create: [
          "<macro>",
          "  <inbound>",
          '    <check-header name="X-Purpose-Of-Use" failed-check-httpcode="400" failed-check-error-message="Say why." ignore-case="true" />',
          "  </inbound>",
          "</macro>",
        ],
      },
      {
        file: PATIENT,
        in: ["/patient/search:"],
        after: '- rate-limit: { calls: "{{patient-read-calls}}", renewal-period: 60 }',
        insert: ["- purpose-required:▸ {}"],
      },
      {
        file: "openapi/shared/parameters.yaml",
        in: ["PurposeOfUse:"],
        replace: "required: false",
        by: "required: ▸true",
      },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "policy-admits-addresses",
    why: "A partner that calls from anywhere else gets 403.",
    changes: [
      {
        file: "apim-policies/fragments/office-only.xml",
        create: [
          "<macro>",
          "  <inbound>",
          '    <ip-filter action="allow">',
          "      <address>192.0.2.7</address>",
          "    </ip-filter>",
          "  </inbound>",
          "</macro>",
        ],
      },
      {
        file: AUDIT,
        in: ["/audit/records:"],
        after: '- rate-limit: { calls: "{{audit-read-calls}}", renewal-period: 60 }',
        insert: ["- office-only:▸ {}"],
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "policy-takes-a-promised-header-away",
    why: "The contract still promises an ETag; the gateway removes it from every answer.",
    changes: [
      {
        file: PARTNER,
        in: ["<outbound>"],
        after: "<base />",
        insert: ['▸<set-header name="ETag" exists-action="delete" />'],
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "policy-names-the-retry-header-otherwise",
    why: "Who is refused with 429 looks for Retry-After.",
    changes: [
      {
        file: RATE_LIMIT,
        replace: 'renewal-period="[[renewal-period]]" />',
        by: 'renewal-period="[[renewal-period]]" retry-after-header-name="X-Wait" />▸',
      },
    ],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "policy-comment",
    why: "A comment is for who edits the file.",
    changes: [{ file: RATE_LIMIT, after: "<inbound>", insert: ["  <!-- Calls of one subscription. -->"] }],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "policy-comment-for-all-apis",
    why: "A comment is for who edits the file.",
    changes: [
      {
        file: GLOBAL_POLICY,
        replace: "<!-- The keys of function apps come from the vault alone. -->",
        by: "<!-- A client cannot bring the key of a function app. -->",
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "policy-order-without-effect",
    why: "Two headers that no client may set are removed in the other order.",
    changes: [
      {
        file: GLOBAL_POLICY,
        replace:
          '<set-header name="x-functions-key" exists-action="delete" />\n    <set-header name="x-functions-clientid" exists-action="delete" />',
        by: '<set-header name="x-functions-clientid" exists-action="delete" />\n    <set-header name="x-functions-key" exists-action="delete" />',
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "policy-order-of-limits",
    why: "A call counts against the product whether that is asked before or after what all APIs do.",
    changes: [
      {
        file: PARTNER,
        replace: '<base />\n    <rate-limit calls="{{partner-calls}}" renewal-period="60" />',
        by: '<rate-limit calls="{{partner-calls}}" renewal-period="60" />\n    <base />',
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "fragment-split-in-two",
    why: "The operation's policy is the same to the letter.",
    changes: [
      {
        file: "apim-policies/fragments/search-limit.xml",
        create: [
          "<macro>",
          "  <inbound>",
          '    <rate-limit calls="{{patient-read-calls}}" renewal-period="60" />',
          "  </inbound>",
          "</macro>",
        ],
      },
      {
        file: PATIENT,
        in: ["/patient/search:"],
        replace: '- rate-limit: { calls: "{{patient-read-calls}}", renewal-period: 60 }',
        by: "- search-limit: {}",
      },
    ],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "product-replaced",
    why: "The keys of every partner open nothing any more.",
    changes: [{ file: PATIENT, replace: "x-apim-products: [partner]", by: "x-apim-products: ▸[auditor]" }],
    verdict: "major",
    redoclyAlone: "none",
  },
  {
    name: "product-added",
    why: "Auditors may read patients too; partners notice nothing.",
    changes: [
      { file: PATIENT, replace: "x-apim-products: [partner]", by: "x-apim-products: ▸[partner, auditor]" },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
  {
    name: "product-new",
    why: "Researchers get keys of their own; partners notice nothing.",
    changes: [
      {
        file: "apim-policies/products/researcher.xml",
        create: [
          "<policies>",
          "  <inbound>",
          "    <base />",
          '    <rate-limit calls="10" renewal-period="60" />',
          "  </inbound>",
          "  <backend>",
          "    <base />",
          "  </backend>",
          "  <outbound>",
          "    <base />",
          "  </outbound>",
          "  <on-error>",
          "    <base />",
          "  </on-error>",
          "</policies>",
        ],
      },
      { file: PATIENT, replace: "x-apim-products: [partner]", by: "x-apim-products: ▸[partner, researcher]" },
    ],
    verdict: "minor",
    redoclyAlone: "none",
  },
];
