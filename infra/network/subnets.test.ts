import { expect, test } from "@jest/globals";
import { prod } from "../../environments/prod.ts";
import type { AppSettings, AzureEnvironment } from "../../generated/environment.ts";
import { parseIpv4Range, sizeOf } from "../settings/ipv4-range.ts";
import { planSubnets } from "./subnets.ts";

test("subnets lie within the address space and share no address", () => {
  const ranges = planSubnets(withApis("audit", "patient", "c", "d", "e", "f", "g")).map(({ range }) =>
    edgesOf(range),
  );
  const space = edgesOf(prod.azure.addressSpace);
  const sorted = ranges.sort((a, b) => a.first - b.first);
  for (const [index, { first, last }] of sorted.entries()) {
    expect(first).toBeGreaterThan(sorted[index - 1]?.last ?? space.first - 1);
    expect(last).toBeLessThanOrEqual(space.last);
  }
});

test("another API, written behind the others, moves no subnet", () => {
  const before = planSubnets(withApis("audit", "patient"));
  expect(planSubnets(withApis("audit", "patient", "appointments")).slice(0, before.length)).toEqual(before);
});

test("an address space without room for the APIs stops the synthesis", () => {
  expect(() => planSubnets(withApis("a", "b", "c", "d", "e", "f", "g", "h"))).toThrow(
    'environments/prod.ts: azure.addressSpace is "10.30.0.0/22", which has room for 7 APIs; expected room for 8',
  );
});

function withApis(...apis: string[]): AzureEnvironment {
  const apps: Record<string, AppSettings> = Object.fromEntries(
    apis.map((api) => [api, prod.azure.apps.audit]),
  );
  return { ...prod, azure: { ...prod.azure, apps: apps as AzureEnvironment["azure"]["apps"] } };
}

function edgesOf(text: string): { first: number; last: number } {
  const range = parseIpv4Range(text) ?? { first: Number.NaN, bits: 0 };
  return { first: range.first, last: range.first + sizeOf(range) - 1 };
}
