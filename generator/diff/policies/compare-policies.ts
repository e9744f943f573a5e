import type { Report } from "../change.ts";
import type { ApiPair } from "../operations/api-pair.ts";
import { matchOperations } from "../operations/match-operations.ts";
import type { Side } from "../sides/read-side.ts";
import { isCallLimit } from "./call-limits.ts";
import { compareAddressFilters } from "./compare-address-filters.ts";
import { compareCallLimits } from "./compare-call-limits.ts";
import { compareHeaderChecks } from "./compare-header-checks.ts";
import { compareOtherStatements } from "./compare-other-statements.ts";
import { compareTokenChecks } from "./compare-token-checks.ts";
import { flattenPolicies, type PolicySide } from "./flatten-policies.ts";
import { loadNamedValues } from "./named-value-settings.ts";
import type { PolicyContext } from "./policy-context.ts";
import type { Statement } from "./statement.ts";

/**
 * Compares what the gateway asks of each call, along all scopes, with the values of production: for every operation that
 * both sides publish, and every product that holds its API on both.
 * @throws {Error} when an environment cannot be read
 */
export async function comparePolicies(
  sides: { readonly base: Side; readonly head: Side },
  pairs: readonly ApiPair[],
  report: Report,
): Promise<void> {
  const [base, head] = await Promise.all([withValues(sides.base), withValues(sides.head)]);
  for (const pair of pairs) {
    const before = pair.base.api.gateway;
    const after = pair.head.api.gateway;
    if (!before || !after) continue;
    const common = after.products.filter((product) => before.products.includes(product));
    for (const operations of matchOperations(pair.base.api.operations, pair.head.api.operations).both) {
      for (const product of common.length > 0 ? common : [""]) {
        const statements = {
          before: flattenPolicies(base, pair.base.api, operations.base, product),
          after: flattenPolicies(head, pair.head.api, operations.head, product),
        };
        compareStatements(statements.before, statements.after, {
          base,
          head,
          api: pair.head.api,
          operation: operations.head,
          operationId: operations.base.operationId,
          product,
          report,
        });
      }
    }
  }
}

async function withValues(side: Side): Promise<PolicySide> {
  return { side, values: await loadNamedValues(side.folder) };
}

const TOKEN_CHECKS: ReadonlySet<string> = new Set([
  "validate-jwt",
  "validate-azure-ad-token",
  "validate-client-certificate",
]);

type Kind = "limit" | "header" | "token" | "address" | "other";

function compareStatements(
  before: readonly Statement[],
  after: readonly Statement[],
  context: PolicyContext,
): void {
  const [old, now] = [Map.groupBy(before, kindOf), Map.groupBy(after, kindOf)];
  const both = (kind: Kind): [Statement[], Statement[]] => [old.get(kind) ?? [], now.get(kind) ?? []];
  const unread = compareCallLimits(...both("limit"), context);
  compareHeaderChecks(...both("header"), context);
  compareTokenChecks(...both("token"), context);
  compareAddressFilters(...both("address"), context);
  const [others, othersNow] = both("other");
  compareOtherStatements([...others, ...unread.before], [...othersNow, ...unread.after], context);
}

function kindOf(statement: Statement): Kind {
  const { name } = statement.element;
  if (isCallLimit(statement)) return "limit";
  if (name === "check-header") return "header";
  if (name === "ip-filter") return "address";
  return TOKEN_CHECKS.has(name) ? "token" : "other";
}
