/** Characters as ranges of code points, in order, none touching another. */
export type CharSet = readonly (readonly [from: number, to: number])[];

const LAST = 0x10ffff;

export const ANY: CharSet = [[0, LAST]];
/** ECMA-262, LineTerminator: what `.` leaves out. */
const LINE_ENDS: CharSet = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
export const DOT: CharSet = negate(LINE_ENDS);

/** ECMA-262, CharacterClassEscape. */
export const ESCAPES: Readonly<Record<string, CharSet>> = withNegations({
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: union([
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
  ]),
});

/** Ranges in any order, overlapping or not, as a set. */
export function union(ranges: CharSet): CharSet {
  const result: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Every character that a set does not have. */
export function negate(set: CharSet): CharSet {
  let next = 0;
  const gaps: [number, number][] = [];
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  return next <= LAST ? [...gaps, [next, LAST]] : gaps;
}

export function has(set: CharSet, char: number): boolean {
  return set.some(([from, to]) => from <= char && char <= to);
}

/** One character of each class of characters that none of the sets tells apart. */
export function representatives(sets: readonly CharSet[]): number[] {
  const starts = new Set([0]);
  for (const [from, to] of sets.flat()) {
    starts.add(from);
    if (to < LAST) starts.add(to + 1);
  }
  return [...starts];
}

function withNegations(sets: Readonly<Record<string, CharSet>>): Record<string, CharSet> {
  const negated = Object.entries(sets).map(([name, set]): [string, CharSet] => [
    name.toUpperCase(),
    negate(set),
  ]);
  return { ...sets, ...Object.fromEntries(negated) };
}
