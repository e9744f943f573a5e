import { isList, type Json } from "../../load/json.ts";
import type { Difference } from "../schemas/difference.ts";

/** A value as a message shows it. */
export function show(value: Json | undefined): string {
  if (value === undefined) return "none";
  if (isList(value)) return value.map(show).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The subject of a sentence for partners: names as they are written in code. */
export function inCode(subject: string): string {
  return subject.startsWith("the ") ? subject : `\`${subject}\``;
}

type Phrase = (value: string) => string;

/** What a keyword asks for, in words. */
const CONDITIONS: Readonly<Record<string, Phrase>> = {
  maxLength: (value) => `at most ${value} characters`,
  minLength: (value) => `at least ${value} characters`,
  maxItems: (value) => `at most ${value} items`,
  minItems: (value) => `at least ${value} items`,
  maxProperties: (value) => `at most ${value} properties`,
  minProperties: (value) => `at least ${value} properties`,
  maximum: (value) => `at most ${value}`,
  minimum: (value) => `at least ${value}`,
  exclusiveMaximum: (value) => `below ${value}`,
  exclusiveMinimum: (value) => `above ${value}`,
  multipleOf: (value) => `a multiple of ${value}`,
  pattern: (value) => `text that matches \`${value}\``,
  format: (value) => `the format \`${value}\``,
  type: (value) => `the type ${value}`,
  enum: (value) => `one of ${value}`,
  const: (value) => `only ${value}`,
  default: (value) => `${value} when it is left out`,
  uniqueItems: () => "no item twice",
  "x-not-after-today": () => "no day after today",
};

function condition({ keyword }: Difference, value: Json): string {
  return CONDITIONS[keyword]?.(show(value)) ?? `\`${keyword}\` ${show(value)}`;
}

/** `maxLength of firstName 64 → 40`. */
export function technical({ keyword, from, to }: Difference, subject: string): string {
  return `${keyword} of ${subject} ${show(from)} → ${show(to)}`;
}

/** `` `firstName`: at most 40 characters, before at most 64 characters ``. */
export function plain(difference: Difference, subject: string): string {
  const { from, to } = difference;
  const name = inCode(subject);
  if (to === undefined)
    return `${name}: no longer ${from === undefined ? "limited" : condition(difference, from)}`;
  const now = condition(difference, to);
  return from === undefined ? `${name}: ${now}` : `${name}: ${now}, before ${condition(difference, from)}`;
}
