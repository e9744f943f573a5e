/** A range of IPv4 addresses. */
export interface Ipv4Range {
  /** The first address, as a number. */
  readonly first: number;
  /** Of the prefix: 22 for 1,024 addresses. */
  readonly bits: number;
}

/** Reads CIDR notation. @returns `undefined` for what is none, or has bits set behind its prefix (`10.0.0.1/22`) */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if (bits > 32 || [a, b, c, d].some((part) => part > 255)) return undefined;
  const range = { first: ((a * 256 + b) * 256 + c) * 256 + d, bits };
  return range.first % sizeOf(range) === 0 && formatIpv4Range(range) === text ? range : undefined;
}

export function formatIpv4Range({ first, bits }: Ipv4Range): string {
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${parts.join(".")}/${bits}`;
}

/** How many addresses it has. */
export function sizeOf({ bits }: Pick<Ipv4Range, "bits">): number {
  return 2 ** (32 - bits);
}
