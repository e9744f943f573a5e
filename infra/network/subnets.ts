import type { AzureEnvironment } from "../../generated/environment.ts";
import { formatIpv4Range, parseIpv4Range, sizeOf } from "../settings/ipv4-range.ts";
import { SettingFaults } from "../settings/setting-faults.ts";

/** A part of the network with a role of its own, and so with rules of its own: see `flows.ts`. */
export interface SubnetPlan {
  /** Also its name. */
  readonly role: string;
  /** In CIDR notation. */
  readonly range: string;
  /** `endpoints` holds private endpoints alone; `machines` what the pipeline runs on. */
  readonly holds: "endpoints" | "machines" | "gateway" | "app";
}

/** Beginning and size within the first 128 addresses. */
const COMMON = [
  { role: "gateway", offset: 0, bits: 27, holds: "gateway" },
  { role: "shared", offset: 32, bits: 27, holds: "endpoints" },
  { role: "deployment", offset: 64, bits: 27, holds: "machines" },
] as const;

/** Beginning and size within an API's 128 addresses. Flex Consumption asks for /27; /26 leaves room to scale. */
const OF_AN_API = [
  { role: "app", offset: 0, bits: 26, holds: "app" },
  { role: "endpoint", offset: 64, bits: 28, holds: "endpoints" },
  { role: "data", offset: 80, bits: 28, holds: "endpoints" },
] as const;

const BLOCK = 128;

/**
 * Cuts the address space into subnets: a block for what is common, and one for each API in the order of `azure.apps`. A
 * subnet in use cannot move, so a new API is written behind the others there.
 * @throws {SettingFaults} when the space has too few blocks
 */
export function planSubnets({ name, azure }: AzureEnvironment): readonly SubnetPlan[] {
  const space = parseIpv4Range(azure.addressSpace);
  const apis = Object.keys(azure.apps);
  const blocks = space ? sizeOf(space) / BLOCK - 1 : 0;
  if (!space || apis.length > blocks)
    throw SettingFaults.in(`environments/${name}.ts`, [
      `azure.addressSpace is "${azure.addressSpace}", which has room for ${blocks} APIs; expected room for ${apis.length}`,
    ]);
  const cut = (block: number, offset: number, bits: number) =>
    formatIpv4Range({ first: space.first + block * BLOCK + offset, bits });
  return [
    ...COMMON.map(({ role, offset, bits, holds }) => ({ role, range: cut(0, offset, bits), holds })),
    ...apis.flatMap((api, index) =>
      OF_AN_API.map(({ role, offset, bits, holds }) => ({
        role: `${api}-${role}`,
        range: cut(index + 1, offset, bits),
        holds,
      })),
    ),
  ];
}
