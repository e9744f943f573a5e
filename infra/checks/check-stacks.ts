import type { AzureEnvironment } from "../../generated/environment.ts";
import type { Manifest } from "../manifest.ts";
import type { Collection } from "../services/collections.ts";
import type { StackDocument } from "../stack-document.ts";
import { checkAttributes } from "./attributes.ts";
import type { CheckContext } from "./check-context.ts";
import { checkContent } from "./content.ts";
import { checkContract } from "./contract.ts";
import { checkAlerts } from "./invariants/alerts.ts";
import { checkApps } from "./invariants/apps.ts";
import { checkCheckpoints } from "./invariants/checkpoints.ts";
import { checkCollections } from "./invariants/collections.ts";
import { checkDiagnostics } from "./invariants/diagnostics.ts";
import { checkGatewayParts } from "./invariants/gateway-parts.ts";
import { checkGuards } from "./invariants/guards.ts";
import { checkPrivateEndpoints } from "./invariants/private-endpoints.ts";
import { checkProviders } from "./invariants/providers.ts";
import { checkReach } from "./invariants/reach.ts";
import { checkRoles } from "./invariants/roles.ts";
import { checkSecrets } from "./invariants/secrets.ts";
import { checkSecurityRules } from "./invariants/security-rules.ts";
import { checkSubnets } from "./invariants/subnets.ts";
import { checkWaysOut } from "./invariants/ways-out.ts";
import { checkWorkbook } from "./invariants/workbook.ts";
import { checkReferences } from "./references.ts";
import { checkResourceTypes } from "./resource-types/check-resource-types.ts";
import type { StackFinding } from "./stack-finding.ts";
import { StackIndex } from "./stack-index.ts";

/** What stacks are held against. */
export interface Expectations {
  readonly manifest: Manifest;
  readonly environment: AzureEnvironment;
  /** By API, what its handlers declare. */
  readonly collections: ReadonlyMap<string, readonly Collection[]>;
  /** The text of each file for API Management, by its path in `generated/`. */
  readonly generated: ReadonlyMap<string, string>;
}

const CHECKS: readonly ((context: CheckContext) => StackFinding[])[] = [
  ({ index }) => checkAttributes(index),
  ({ index }) => checkReferences(index),
  (context) => checkResourceTypes(context),
  checkSubnets,
  checkSecurityRules,
  checkReach,
  checkWaysOut,
  checkPrivateEndpoints,
  checkGuards,
  checkRoles,
  checkSecrets,
  checkApps,
  checkCollections,
  checkCheckpoints,
  checkDiagnostics,
  checkGatewayParts,
  checkAlerts,
  checkWorkbook,
  checkProviders,
  ({ index, manifest }) => checkContract(index, manifest),
  ({ index, manifest, generated }) => checkContent(index, manifest, generated),
];

/** Everything that can be told of an environment's stacks before they are deployed, without Terraform and without a network. */
export function checkStacks(documents: readonly StackDocument[], expectations: Expectations): StackFinding[] {
  const context = { ...expectations, index: new StackIndex(documents) };
  return CHECKS.flatMap((check) => check(context));
}

/** The first thing that is wrong: for whoever only asks whether anything is. */
export function firstFinding(
  documents: readonly StackDocument[],
  expectations: Expectations,
): StackFinding | undefined {
  const context = { ...expectations, index: new StackIndex(documents) };
  for (const check of CHECKS) {
    const [found] = check(context);
    if (found) return found;
  }
  return undefined;
}
