import type { CheckContext } from "../check-context.ts";
import { expectedReach } from "../network/expected-reach.ts";
import { reachMatrix, type Reach } from "../network/matrix.ts";
import { readSubnets } from "../network/network.ts";
import { UnreadableRuleError } from "../network/security-rules.ts";
import type { StackFinding } from "../stack-finding.ts";

const CHECK = "invariants/reach";

/**
 * That the security groups let pass exactly what the manifest asks for: their rules are evaluated, not compared. Each side alone
 * refuses everything else, so that a slip on one is none on the network.
 */
export function checkReach({ index, manifest }: CheckContext): StackFinding[] {
  try {
    const subnets = readSubnets(index);
    const expected = expectedReach(manifest);
    const open = [
      ...excess(reachMatrix(subnets, { side: "senders" }), expected, "its own rules let"),
      ...excess(reachMatrix(subnets, { side: "receivers" }), expected, "the receiver's rules let"),
    ];
    const closed = lack(reachMatrix(subnets, { who: "every" }), expected);
    const addressOf = ({ from, to }: Reach) =>
      subnets.find(({ role }) => role === to || role === from)?.block.address ?? "resource";
    return [...open, ...closed].map(({ reach, message }) => ({
      check: CHECK,
      stack: "foundation",
      address: addressOf(reach),
      message,
    }));
  } catch (error) {
    if (!(error instanceof UnreadableRuleError)) throw error;
    return [
      {
        check: CHECK,
        stack: "foundation",
        address: "azurerm_network_security_group",
        message: `cannot be judged: ${error.message}`,
      },
    ];
  }
}

interface Difference {
  readonly reach: Reach;
  readonly message: string;
}

function excess(actual: readonly Reach[], expected: readonly Reach[], whose: string): Difference[] {
  return actual.flatMap((reach) => {
    const wanted = flowsIn(expected, reach);
    const { from, to } = reach;
    return reach.flows
      .filter((flow) => !wanted.includes(flow))
      .map((flow) => ({ reach, message: `${from} should not open ${flow} to ${to}, and ${whose} it` }));
  });
}

function lack(actual: readonly Reach[], expected: readonly Reach[]): Difference[] {
  return expected.flatMap((reach) => {
    const given = flowsIn(actual, reach);
    const { from, to } = reach;
    return reach.flows
      .filter((flow) => !given.includes(flow))
      .map((flow) => ({
        reach,
        message: `${from} has to open ${flow} to ${to}, and cannot from everywhere in it`,
      }));
  });
}

function flowsIn(list: readonly Reach[], { from, to }: Reach): string[] {
  return list.filter((one) => one.from === from && one.to === to).flatMap(({ flows }) => flows);
}
