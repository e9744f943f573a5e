import { formatIpv4Range } from "../../settings/ipv4-range.ts";
import type { CheckContext } from "../check-context.ts";
import { asList, rulesOf, UnreadableRuleError, type SecurityRule } from "../network/security-rules.ts";
import type { StackFinding } from "../stack-finding.ts";

const CHECK = "invariants/security-rules";

/** What Azure refuses in a group, and what would make it hard to read: it ends with a refusal of all else, in both directions. */
export function checkSecurityRules({ index }: CheckContext): StackFinding[] {
  const ranges = index
    .resources("azurerm_subnet")
    .flatMap(({ stack, body }) => asList(index.value(stack, body.address_prefixes)))
    .map(String);
  return index.resources("azurerm_network_security_group").flatMap((group) => {
    const at = (message: string): StackFinding => ({
      check: CHECK,
      stack: group.stack,
      address: group.address,
      message,
    });
    try {
      const rules = rulesOf(index, group);
      const names = rules.map(({ name }) => name.toLowerCase());
      return [
        ...names
          .filter((name, i) => names.indexOf(name) !== i)
          .map((name) => at(`two rules are named "${name}"`)),
        ...(["Inbound", "Outbound"] as const).flatMap((direction) =>
          directionFaults(rules.filter((rule) => rule.direction === direction)).map((fault) =>
            at(`${direction}: ${fault}`),
          ),
        ),
        ...rules.flatMap((rule) =>
          ruleFaults(rule, ranges).map((fault) => at(`the rule ${rule.name} ${fault}`)),
        ),
      ];
    } catch (error) {
      if (error instanceof UnreadableRuleError) return [at(error.message)];
      throw error;
    }
  });
}

function directionFaults(rules: readonly SecurityRule[]): string[] {
  const priorities = rules.map(({ priority }) => priority);
  const twice = priorities.filter((priority, i) => priorities.indexOf(priority) !== i);
  const last = [...rules].sort((a, b) => a.priority - b.priority).at(-1);
  const endsClosed = last !== undefined && !last.allows && coversAll(last);
  return [
    ...twice.map((priority) => `two rules have the priority ${priority}`),
    ...(endsClosed ? [] : ["the last rule does not refuse everything that no other allows"]),
    ...(last === undefined || last.priority === LAST_PRIORITY
      ? []
      : [
          `the last rule has the priority ${last.priority}, expected ${LAST_PRIORITY}, behind all that may come`,
        ]),
  ];
}

const LAST_PRIORITY = 4096;

function coversAll({ protocol, sources, destinations, destinationPorts }: SecurityRule): boolean {
  const all = [...sources, ...destinations].every((one) => "tag" in one && one.tag === "*");
  return all && protocol === "*" && destinationPorts.some(({ first, last }) => first === 0 && last === 65535);
}

/** A rule that allows names who and what. */
function ruleFaults(rule: SecurityRule, ranges: readonly string[]): string[] {
  const { allows, sources, destinations, destinationPorts, protocol, direction } = rule;
  if (!allows) return [];
  const strangers = [...sources, ...destinations].flatMap((one) => {
    if ("tag" in one) return [];
    const text = formatIpv4Range({ first: one.first, bits: 32 - Math.log2(one.last - one.first + 1) });
    return ranges.includes(text) ? [] : [text];
  });
  const open = [...sources, ...destinations].some(
    (one) => "tag" in one && ["*", "VirtualNetwork"].includes(one.tag),
  );
  const fromOutside = direction === "Inbound" && sources.some((one) => "tag" in one);
  return [
    ...(open ? ["allows whole networks"] : []),
    ...strangers.map((range) => `names ${range}, which is no subnet`),
    ...(fromOutside ? ["lets in what is not the network's own"] : []),
    ...(protocol === "*" ? ["allows every protocol"] : []),
    ...(destinationPorts.some(({ first, last }) => first !== last) ? ["allows a range of ports"] : []),
  ];
}
