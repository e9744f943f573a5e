import { Automaton } from "./automaton.ts";
import { representatives } from "./char-set.ts";
import { parsePattern } from "./parse-pattern.ts";

/** More pairs of states than this, and nothing is said. */
const MAX_PAIRS = 20_000;

const known = new Map<string, boolean | undefined>();

/** Whether every text that matches `inner` matches `outer`; `undefined` when that cannot be told. */
export function includesPattern(outer: string, inner: string): boolean | undefined {
  const key = JSON.stringify([outer, inner]);
  if (!known.has(key)) known.set(key, compute(outer, inner));
  return known.get(key);
}

function compute(outer: string, inner: string): boolean | undefined {
  if (outer === inner) return true;
  const [a, b] = [parsePattern(inner), parsePattern(outer)];
  if (!a || !b) return undefined;
  try {
    return isWithin(new Automaton(a), new Automaton(b));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Walks both at once over every text, as far as its characters differ to either. */
function isWithin(inner: Automaton, outer: Automaton): boolean | undefined {
  if (inner.acceptsEmpty() && !outer.acceptsEmpty()) return false;
  const chars = representatives([...inner.sets(), ...outer.sets()]);
  const queue = [[inner.start(), outer.start()] as const];
  const seen = new Set<string>();
  for (const [mine, others] of queue) {
    for (const char of chars) {
      const next = [inner.step(mine, char), outer.step(others, char)] as const;
      const key = next.map((states) => states.join()).join(";");
      if (seen.has(key) || next[0].length === 0) continue;
      if (seen.size >= MAX_PAIRS) return undefined;
      seen.add(key);
      if (inner.accepts(next[0]) && !outer.accepts(next[1])) return false;
      queue.push(next);
    }
  }
  return true;
}
