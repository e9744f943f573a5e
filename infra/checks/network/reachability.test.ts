import { describe, expect, it } from "@jest/globals";
import { flowsBetween, type Party } from "./reachability.ts";
import { DEFAULT_RULES, type SecurityRule } from "./security-rules.ts";

const everyPort = [{ first: 0, last: 65535 }];
const deny: SecurityRule = {
  name: "deny",
  priority: 4096,
  direction: "Inbound",
  allows: false,
  protocol: "*",
  sources: [{ tag: "*" }],
  destinations: [{ tag: "*" }],
  sourcePorts: everyPort,
  destinationPorts: everyPort,
};
const allow: SecurityRule = {
  ...deny,
  name: "allow",
  priority: 100,
  allows: true,
  protocol: "Tcp",
  sources: [{ first: 0, last: 15 }],
  destinations: [{ first: 100, last: 115 }],
  destinationPorts: [{ first: 443, last: 443 }],
};

const open: Party = { side: { first: 0, last: 15 }, rules: [] };
const guarded = (...rules: SecurityRule[]): Party => ({
  side: { first: 100, last: 115 },
  rules: [...rules, ...DEFAULT_RULES].sort((a, b) => a.priority - b.priority),
});

describe("flowsBetween", () => {
  it("lets a network speak with itself until a rule refuses it, as Azure does", () => {
    expect(flowsBetween(open, guarded())).toEqual(["Tcp 0-65535", "Udp 0-65535", "Icmp 0-65535"]);
    expect(flowsBetween(open, guarded(deny))).toEqual([]);
  });

  it("goes by priority, not by order", () => {
    expect(flowsBetween(open, guarded(deny, allow))).toEqual(["Tcp 443"]);
    expect(flowsBetween(open, guarded({ ...deny, priority: 99 }, allow))).toEqual([]);
  });

  it("tells ranges of ports apart", () => {
    const some = { ...allow, destinationPorts: [{ first: 80, last: 90 }] };
    const one = { ...deny, priority: 99, destinationPorts: [{ first: 85, last: 85 }] };
    expect(flowsBetween(open, guarded(deny, some, one))).toEqual(["Tcp 80-84", "Tcp 86-90"]);
  });

  it("tells what some address may from what every one may", () => {
    const half = { ...allow, sources: [{ first: 8, last: 15 }] };
    expect(flowsBetween(open, guarded(deny, half))).toEqual(["Tcp 443"]);
    expect(flowsBetween(open, guarded(deny, half), "every")).toEqual([]);
    expect(flowsBetween(open, guarded(deny, allow), "every")).toEqual(["Tcp 443"]);
  });

  it("asks both sides", () => {
    const outbound: SecurityRule = { ...deny, direction: "Outbound" };
    expect(flowsBetween({ ...open, rules: [outbound] }, guarded(deny, allow))).toEqual([]);
  });

  it("knows service tags: a region is part of its service, and all but the network is the internet", () => {
    const tagged = { ...allow, sources: [{ tag: "Storage" }] };
    const from = (tag: string): Party => ({ side: { tag }, rules: [] });
    expect(flowsBetween(from("Storage.WestEurope"), guarded(deny, tagged))).toEqual(["Tcp 443"]);
    expect(flowsBetween(from("Sql"), guarded(deny, tagged))).toEqual([]);
    expect(flowsBetween(from("Sql"), guarded(deny, { ...tagged, sources: [{ tag: "Internet" }] }))).toEqual([
      "Tcp 443",
    ]);
    expect(flowsBetween(open, guarded(deny, { ...tagged, sources: [{ tag: "Internet" }] }))).toEqual([]);
  });
});
