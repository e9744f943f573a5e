import type { ContractEdit } from "./contract-edit.ts";
import { CONTRACT_EDITS } from "./edits/all-edits.ts";

const NAMES: readonly string[] = [
  "request-property-required",
  "request-property-added",
  "body-limit-lowered",
  "body-limit-raised",
  "body-limit-written-out",
  "body-now-required",
  "body-media-type-replaced",
  "body-removed-from-contract",
  "parameter-optional-added",
  "parameter-removed",
  "header-renamed-in-case-only",
  "parameter-maximum-lowered",
  "parameter-default-changed",
  "invalid-id-answered-otherwise",
  "parameter-deprecated",
  "response-property-removed",
  "response-property-no-longer-required",
  "response-property-now-required",
  "response-property-added-to-closed-schema",
  "response-enum-value-added",
  "status-failure-added",
  "status-failure-removed",
  "status-success-replaced",
  "response-media-type-changed",
  "response-header-removed",
  "response-header-added",
  "response-header-now-optional",
  "response-header-longer",
  "gateway-error-property-added",
  "shared-schema-enum-value-added",
  "narrowed-for-the-app-alone",
  "operation-added",
  "path-changed",
  "operation-renamed",
  "security-written-at-each-operation",
  "internal-batch-smaller",
  "operation-made-internal",
  "operation-published",
  "wrapped-in-all-of",
  "schema-moved-to-another-file",
  "closed-schemas-combined",
  "description-changed",
  "keys-reordered",
  "limit-of-operations-lowered-in-production",
  "limit-of-operations-raised-in-production",
  "limit-written-in-the-contract-equal",
  "policy-requires-a-header-of-the-contract",
  "policy-admits-addresses",
  "policy-comment",
  "product-replaced",
  "product-added",
  "breaking-with-the-major-version-raised",
  "breaking-both-with-one-version-raised",
  "stricter-limit-with-the-major-version-raised",
  "version-alone",
  "waiver-expired",
  "waiver-of-another-rule",
  "waiver-that-nobody-approved",
];

/**
 * The edits that `npm test` judges, always the same: of each theme one of each verdict, and one of each rule and severity
 * that the corpus meets. `npm run contract-edits` judges all, and says when these no longer meet what all do.
 */
export const SAMPLED_EDITS: readonly ContractEdit[] = NAMES.map(editNamed);

function editNamed(name: string): ContractEdit {
  const found = CONTRACT_EDITS.find((edit) => edit.name === name);
  if (!found) throw new Error(`the corpus has no edit ${name}`);
  return found;
}
