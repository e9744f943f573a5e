import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { prod } from "../../environments/prod.ts";
import { readManifest } from "../manifest.ts";
import { flowsOf, SERVICE_TAGS } from "./flows.ts";
import { securityRules } from "./security-rules.ts";
import { planSubnets } from "./subnets.ts";

const subnets = planSubnets(prod);
const flows = flowsOf(await readManifest(join(import.meta.dirname, "../..")));

test("who reaches whom is what the design says", () => {
  const within = flows.filter(({ to }) => !SERVICE_TAGS.includes(to));
  expect(within.map(({ from, to, ports }) => `${from} -> ${to}: ${ports.join(", ")}`).sort()).toEqual([
    "audit-app -> audit-data: 443, 10255",
    "audit-app -> shared: 443",
    "deployment -> audit-data: 443",
    "deployment -> audit-endpoint: 443",
    "deployment -> patient-data: 443",
    "deployment -> patient-endpoint: 443",
    "deployment -> shared: 443",
    "gateway -> audit-endpoint: 443",
    "gateway -> patient-endpoint: 443",
    "gateway -> shared: 443",
    "patient-app -> audit-endpoint: 443",
    "patient-app -> patient-data: 443, 10255",
    "patient-app -> shared: 443",
  ]);
});

test("only the pipeline reaches the internet", () => {
  expect(flows.filter(({ to }) => to === "Internet").map(({ from }) => from)).toEqual(["deployment"]);
});

test.each(subnets.map(({ role }) => role))(
  "%s denies everything that is not allowed, in both directions",
  (role) => {
    const rules = securityRules(role, subnets, flows);
    for (const direction of ["Inbound", "Outbound"]) {
      const own = rules.filter((rule) => rule.direction === direction);
      expect(own.at(-1)).toMatchObject({
        access: "Deny",
        priority: 4096,
        protocol: "*",
        destinationPortRange: "*",
      });
      expect(new Set(own.map(({ priority }) => priority)).size).toBe(own.length);
      for (const { access, sourceAddressPrefix, destinationAddressPrefix } of own.slice(0, -1)) {
        expect(access).toBe("Allow");
        expect([sourceAddressPrefix, destinationAddressPrefix]).not.toContain("*");
      }
    }
  },
);

test("a flow within the network is open at both ends", () => {
  const rules = new Map(subnets.map(({ role }) => [role, securityRules(role, subnets, flows)]));
  const allowed = (role: string, direction: string) =>
    (rules.get(role) ?? []).filter((rule) => rule.direction === direction && rule.access === "Allow");
  for (const { from, to, ports } of flows.filter((flow) => !SERVICE_TAGS.includes(flow.to)))
    for (const port of ports) {
      expect(allowed(from, "Outbound").map(({ name }) => name)).toContain(`allow-to-${to}-${port}`);
      expect(allowed(to, "Inbound").map(({ name }) => name)).toContain(`allow-from-${from}-${port}`);
    }
});

test("a flow to nowhere is refused", () => {
  const astray = [{ from: "gateway", to: "patient-endpont", ports: [443] }];
  expect(() => securityRules("gateway", subnets, astray)).toThrow("patient-endpont");
});
