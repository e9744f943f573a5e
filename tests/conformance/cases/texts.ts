import fc from "fast-check";
import { stringsOf, valuesOf, limitOf, type JoinedSchema } from "../contract/schema.ts";
import { FORMAT_EDGES, FORMAT_VALUES } from "./format-texts.ts";
import { codePoints } from "../oracle/code-points.ts";

/** Whether a text keeps every rule of the schema at hand. */
export type Accepts = (text: string) => boolean;

/** Letters of one and of several UTF-16 units, and one that takes two code points. */
const FILLERS = ["a", "0", "Z", "\u00E9", "\u{1F9EA}", "e\u0301", "\u5B57"];

/** Characters that patterns are about, or parsers trip over. */
const ODD = [
  "\0",
  "\u0007",
  "\u001B",
  "\u001F",
  "\t",
  "\n",
  " ",
  "\u00A0",
  "\u2003",
  "\u2028",
  "\uFEFF",
  "\u202E",
  '"',
  "\\",
  "<",
  "$",
  "\uFFFF",
  "A",
  "g",
  "-",
];

const SAMPLES = 24;
const LONGEST = 600;

/**
 * Texts that keep a schema. Random ones, and a few that come again, so that searches find what was stored.
 * @throws when there seem to be none
 */
export function validTexts(schema: JoinedSchema, accepts: Accepts): fc.Arbitrary<string> {
  const members = enumOf(schema).filter(accepts);
  if (members.length > 0) return fc.constantFrom(...members);
  const random = randomTexts(schema, accepts);
  const familiar = fc.sample(random, { seed: 7, numRuns: 3 });
  return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...familiar) }, { weight: 2, arbitrary: random });
}

/** Texts that keep a schema and that nobody has used before: no special ones, and none that become simpler. */
export function freshTexts(schema: JoinedSchema, accepts: Accepts): fc.Arbitrary<string> {
  return fc.noShrink(fc.noBias(randomTexts(schema, accepts)));
}

function randomTexts(schema: JoinedSchema, accepts: Accepts): fc.Arbitrary<string> {
  const sources = sourcesOf(schema).filter((source) => acceptance(source, accepts) >= 0.2);
  if (sources.length === 0) throw new Error("no text was found that keeps the schema");
  return fc.oneof(...sources).filter(accepts);
}

/**
 * Texts of so many code points; of those that the pattern admits, when there are such. Written in letters of one code unit,
 * of two, and of a letter with a combining mark.
 */
export function textsOfLength(schema: JoinedSchema, length: number, accepts: Accepts): readonly string[] {
  const patterns = patternsOf(schema);
  const isPattern = (text: string) => patterns.every((pattern) => pattern.test(text));
  const bases = ["", ...knownTexts(schema), ...samplesOf(schema)];
  const candidates = new Set(bases.flatMap((base) => stretched(base, length)));
  const exact = [...candidates].filter((text) => codePoints(text).length === length);
  return [exact.filter(accepts), exact.filter(isPattern), exact].find((texts) => texts.length > 0) ?? [];
}

/** Texts around the format and the enumeration of a schema, on either side. */
export function knownTexts(schema: JoinedSchema, today = "2026-11-20"): string[] {
  const edges = formatsOf(schema).flatMap((format) => FORMAT_EDGES[format]?.(today) ?? []);
  return [...edges, ...enumOf(schema)];
}

/** Texts that a pattern of the schema refuses; of the right length, when there are such. */
export function textsAgainstPattern(schema: JoinedSchema): readonly string[] {
  const patterns = patternsOf(schema);
  const [min, max] = [limitOf(schema, "minLength") ?? 0, limitOf(schema, "maxLength") ?? LONGEST];
  const bases = samplesOf(schema);
  const broken = [
    ...ODD,
    ...ODD.map((odd) => odd.repeat(Math.max(min, 1))),
    ...bases.flatMap(withOddCharacters),
  ].filter((text) => patterns.some((pattern) => !pattern.test(text)));
  const fitting = broken.filter((text) => codePoints(text).length >= min && codePoints(text).length <= max);
  return fitting.length > 0 ? fitting : broken;
}

/** A member of the enumeration, written a little differently. */
export function nearMisses(members: readonly string[]): string[] {
  const changed = members.flatMap((member) => [
    member.toUpperCase(),
    member.toLowerCase(),
    member.slice(0, 1).toUpperCase() + member.slice(1).toLowerCase(),
  ]);
  return changed.filter((text) => !members.includes(text));
}

export function enumOf({ rules }: JoinedSchema): string[] {
  return [...valuesOf(rules, "enum").flatMap(stringsOf), ...valuesOf(rules, "const").filter(isText)];
}

export function formatsOf({ rules }: JoinedSchema): string[] {
  return valuesOf(rules, "format").filter(isText);
}

function patternsOf({ rules }: JoinedSchema): RegExp[] {
  return valuesOf(rules, "pattern")
    .filter(isText)
    .map((pattern) => new RegExp(pattern, "u"));
}

function sourcesOf(schema: JoinedSchema): fc.Arbitrary<string>[] {
  const minLength = limitOf(schema, "minLength") ?? 0;
  const maxLength = Math.max(minLength, Math.min(limitOf(schema, "maxLength") ?? LONGEST, LONGEST));
  const formats = formatsOf(schema).flatMap((format) => FORMAT_VALUES[format]?.() ?? []);
  if (formats.length > 0) return formats;
  return [
    ...(["grapheme", "binary", "grapheme-ascii"] as const).map((unit) =>
      fc.string({ unit, minLength, maxLength }),
    ),
    ...patternsOf(schema).map((pattern) => fc.stringMatching(pattern)),
  ];
}

function acceptance(source: fc.Arbitrary<string>, accepts: Accepts): number {
  return fc.sample(source, { seed: 1, numRuns: SAMPLES }).filter(accepts).length / SAMPLES;
}

const samples = new WeakMap<JoinedSchema, readonly string[]>();

/** Texts of the patterns of a schema, the same ones each time; at another place others, so that ids do not meet by chance. */
function samplesOf(schema: JoinedSchema): readonly string[] {
  const seed = codePoints(schema.place.join()).reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0,
    3,
  );
  const sample = (pattern: RegExp) => fc.sample(fc.stringMatching(pattern), { seed, numRuns: SAMPLES });
  const known = samples.get(schema) ?? patternsOf(schema).flatMap(sample);
  samples.set(schema, known);
  return known;
}

/** A text brought to a length: letters put in at some place, or taken from its end. */
function stretched(text: string, length: number): string[] {
  const points = codePoints(text);
  if (points.length >= length) return [points.slice(0, length).join("")];
  const places = [0, Math.floor(points.length / 2), points.length - 1, points.length].filter(
    (place) => place >= 0,
  );
  return FILLERS.flatMap((filler) => {
    const added = codePoints(filler.repeat(length)).slice(0, length - points.length);
    return places.map((place) => [...points.slice(0, place), ...added, ...points.slice(place)].join(""));
  });
}

function withOddCharacters(text: string): string[] {
  const middle = Math.floor(text.length / 2);
  return ODD.flatMap((odd) => [
    odd + text.slice(1),
    text.slice(0, middle) + odd + text.slice(middle + 1),
    text + odd,
  ]);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
