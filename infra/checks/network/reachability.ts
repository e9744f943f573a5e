import type { Addresses, Interval, SecurityRule } from "./security-rules.ts";

/** One side of a flow: addresses of the network, or what a service tag outside it stands for. */
export type Side = Interval | { readonly tag: string };

/** Who stands where. Without rules everything is allowed. */
export interface Party {
  readonly side: Side;
  /** By priority. */
  readonly rules: readonly SecurityRule[];
}

/** Traffic that may pass: `Tcp 443`, `Udp 0-65535`. */
export type Flow = string;

const PROTOCOLS = ["Tcp", "Udp", "Icmp"];

/**
 * What one side may open to the other: the rules are evaluated by priority for each range of addresses and ports that they tell
 * apart, the sender's outbound and the receiver's inbound.
 *
 * @param who whether it is enough that some address may, or every one has to
 */
export function flowsBetween(from: Party, to: Party, who: "some" | "every" = "some"): Flow[] {
  const outbound = from.rules.filter(({ direction }) => direction === "Outbound");
  const inbound = to.rules.filter(({ direction }) => direction === "Inbound");
  const all = [...outbound, ...inbound];
  const sources = samples(
    from.side,
    all.flatMap((rule) => rule.sources),
  );
  const destinations = samples(
    to.side,
    all.flatMap((rule) => rule.destinations),
  );
  const ports = portCells(all);
  return PROTOCOLS.flatMap((protocol) => {
    const passes = (source: Point, destination: Point, port: number) => {
      const packet = { protocol, source, destination, port };
      return allows(outbound, packet) && allows(inbound, packet);
    };
    const open = ports.filter(({ first: port }) =>
      who === "some"
        ? sources.some((source) => destinations.some((destination) => passes(source, destination, port)))
        : sources.every((source) => destinations.every((destination) => passes(source, destination, port))),
    );
    return merged(open).map(
      ({ first, last }) => `${protocol} ${first === last ? first : `${first}-${last}`}`,
    );
  });
}

type Point = number | { readonly tag: string };

interface Packet {
  readonly protocol: string;
  readonly source: Point;
  readonly destination: Point;
  readonly port: number;
}

/** The first rule that fits decides. */
function allows(rules: readonly SecurityRule[], { protocol, source, destination, port }: Packet): boolean {
  const decisive = rules.find(
    (rule) =>
      (rule.protocol === "*" || rule.protocol.toLowerCase() === protocol.toLowerCase()) &&
      rule.sources.some((one) => covers(one, source)) &&
      rule.destinations.some((one) => covers(one, destination)) &&
      // Senders choose their port: a rule for some of them alone neither stops nor lets pass for sure.
      (rule.allows ? rule.sourcePorts.length > 0 : rule.sourcePorts.some(isEveryPort)) &&
      rule.destinationPorts.some(({ first, last }) => first <= port && port <= last),
  );
  return rules.length === 0 || decisive?.allows === true;
}

function isEveryPort({ first, last }: Interval): boolean {
  return first === 0 && last === 65535;
}

function covers(addresses: Addresses, point: Point): boolean {
  if (!("tag" in addresses))
    return typeof point === "number" && addresses.first <= point && point <= addresses.last;
  if (addresses.tag === "*") return true;
  if (typeof point === "number") return addresses.tag === "VirtualNetwork";
  if (addresses.tag === "Internet") return point.tag !== "AzureLoadBalancer";
  // A region's addresses are some of the service's.
  return point.tag === addresses.tag || point.tag.startsWith(`${addresses.tag}.`);
}

/** One address of each range that the rules tell apart. */
function samples(side: Side, prefixes: readonly Addresses[]): Point[] {
  if ("tag" in side) return [side];
  const starts = prefixes.flatMap((one) => ("tag" in one ? [] : [one.first, one.last + 1]));
  return [...new Set([side.first, ...starts.filter((at) => side.first < at && at <= side.last)])];
}

function portCells(rules: readonly SecurityRule[]): Interval[] {
  const bounds = rules.flatMap((rule) =>
    rule.destinationPorts.flatMap(({ first, last }) => [first, last + 1]),
  );
  const starts = [...new Set([0, ...bounds.filter((port) => port <= 65535)])].sort((a, b) => a - b);
  return starts.map((first, i) => ({ first, last: (starts[i + 1] ?? 65536) - 1 }));
}

function merged(intervals: readonly Interval[]): Interval[] {
  const found: Interval[] = [];
  for (const one of intervals) {
    const before = found.at(-1);
    if (before?.last === one.first - 1) found[found.length - 1] = { first: before.first, last: one.last };
    else found.push(one);
  }
  return found;
}
