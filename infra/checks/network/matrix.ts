import type { Subnet } from "./network.ts";
import { flowsBetween, type Flow, type Party } from "./reachability.ts";
import type { Addresses } from "./security-rules.ts";

/** Who may open what to whom. Both are roles of subnets, or service tags in brackets: `[Internet]`. */
export interface Reach {
  readonly from: string;
  readonly to: string;
  readonly flows: readonly Flow[];
}

/** What is asked of the security groups. */
export interface Question {
  /** `senders`: what leaves, whoever lets it in. `receivers`: what gets in, whoever lets it out. `both`: what passes. */
  readonly side?: "senders" | "receivers" | "both";
  /** Whether some address of a subnet may, or every one. */
  readonly who?: "some" | "every";
}

/** What the security groups let pass between subnets, and between subnets and the world outside. */
export function reachMatrix(
  subnets: readonly Subnet[],
  { side = "both", who = "some" }: Question = {},
): Reach[] {
  const reach = (from: string, sender: Party, to: string, receiver: Party): Reach => ({
    from,
    to,
    flows: flowsBetween(sender, receiver, who),
  });
  const parties = subnets.map((subnet) => ({
    name: subnet.role,
    sends: { side: subnet, rules: side === "receivers" ? [] : subnet.rules },
    receives: { side: subnet, rules: side === "senders" ? [] : receivingRules(subnet) },
  }));
  const outside = outsideTags(subnets).map((tag) => ({
    name: `[${tag}]`,
    party: { side: { tag }, rules: [] },
  }));
  const within = parties.flatMap((from) =>
    parties.filter((to) => to !== from).map((to) => reach(from.name, from.sends, to.name, to.receives)),
  );
  const out = parties.flatMap((from) => outside.map((to) => reach(from.name, from.sends, to.name, to.party)));
  const into = outside.flatMap((from) =>
    parties.map((to) => reach(from.name, from.party, to.name, to.receives)),
  );
  // A side that is not asked lets everything pass.
  const asked = [...within, ...(side === "receivers" ? [] : out), ...(side === "senders" ? [] : into)];
  return asked.filter(({ flows }) => flows.length > 0);
}

/** Azure does not ask a group about traffic to private endpoints unless the subnet says so. */
function receivingRules({ rules, guardsEndpoints, endpoints }: Subnet): Subnet["rules"] {
  return guardsEndpoints || endpoints.length === 0 ? rules : [];
}

/** Each tag that a rule names is a place outside; `Internet` stands for every address that no tag names. */
function outsideTags(subnets: readonly Subnet[]): string[] {
  const prefixes = subnets.flatMap(({ rules }) =>
    rules.flatMap(({ sources, destinations }) => [...sources, ...destinations]),
  );
  const tags = prefixes.flatMap((one: Addresses) => ("tag" in one ? [one.tag] : []));
  return [...new Set(["Internet", ...tags])].filter((tag) => tag !== "*" && tag !== "VirtualNetwork").sort();
}
