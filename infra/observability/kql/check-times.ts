import { tokensOf } from "./tokens.ts";

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Where a query looks further back than it is given rows of, or is given none at all.
 * @param seconds how far back whoever asks it looks; 0 for a query that must not look back by itself
 */
export function checkTimes(query: string, seconds: number): string[] {
  const tokens = tokensOf(query);
  return tokens.flatMap(({ kind, value, line }, at) => {
    if (kind !== "name" || (value !== "ago" && value !== "now")) return [];
    const length = tokens[at + 2]?.value ?? "";
    const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?)(\w+)$/.exec(length) ?? [];
    const back = Number(number) * (SECONDS[unit] ?? NaN);
    return back < seconds ? [] : [`line ${line}: ${value}(${length}) is not within ${seconds} s`];
  });
}

/** An ISO 8601 duration of one unit, such as `PT15M`, in seconds. */
export function secondsOf(duration: string): number {
  const [, days, number, unit = ""] = /^P(?:(\d+)D|T(\d+)([SMH]))$/.exec(duration) ?? [];
  return days === undefined
    ? Number(number) * (SECONDS[unit.toLowerCase()] ?? NaN)
    : Number(days) * (SECONDS.d ?? NaN);
}
