import fc from "fast-check";
import { isObject, type Json, type JsonObject } from "../../../generator/load/json.ts";
import { isList } from "../../../generator/load/json.ts";
import type { RequestLocation } from "../contract/locations.ts";
import { limitOf, typesOf, valuesOf, type JoinedSchema, type Rule } from "../contract/schema.ts";
import { aroundToday, FORMAT_VALUES } from "./format-texts.ts";
import { enumOf, formatsOf, knownTexts, nearMisses, textsAgainstPattern, textsOfLength } from "./texts.ts";
import type { Values } from "./values.ts";
import { codePoints } from "../oracle/code-points.ts";

/** Values for a place that come near one of its rules, or break it. */
export interface RuleCase {
  /** The rule and the side, such as `maxLength over`. */
  readonly aim: string;
  readonly value: fc.Arbitrary<Json>;
  /** How often it comes among the random cases; 1 when absent. */
  readonly weight?: number;
}

/** The cases of every rule of a place: at each limit, just over it, and against each rule alone. */
export function ruleCases(location: RequestLocation, values: Values, today: string): RuleCase[] {
  const { schema } = location;
  return [
    ...schema.rules.flatMap((rule) => casesOf(rule, schema, values, today)),
    ...memberCases(schema, values),
  ].filter((one) => one !== null);
}

function casesOf(rule: Rule, schema: JoinedSchema, values: Values, today: string): (RuleCase | null)[] {
  const { keyword, value } = rule;
  switch (keyword) {
    case "type":
      return typeCases(schema);
    case "enum":
    case "const":
      return enumCases(schema);
    case "pattern":
      return [choice("pattern broken", textsAgainstPattern(schema))];
    case "format":
      return formatCases(schema, values, today);
    case "x-not-after-today":
      return [choice("x-not-after-today", aroundToday(today))];
    case "minLength":
      return lengthCases(keyword, Number(value), -1, schema, values);
    case "maxLength":
      return lengthCases(keyword, Number(value), 1, schema, values);
    case "minimum":
    case "exclusiveMinimum":
      return limitCases(keyword, Number(value), -1);
    case "maximum":
    case "exclusiveMaximum":
      return limitCases(keyword, Number(value), 1);
    case "multipleOf":
      return [
        choice("multipleOf broken", [Number(value) * 1.5, Number(value) / 2]),
        choice("multipleOf", [Number(value) * 3]),
      ];
    case "minItems":
      return itemCases(keyword, Number(value), -1, schema, values);
    case "maxItems":
      return itemCases(keyword, Number(value), 1, schema, values);
    case "uniqueItems":
      return [
        { aim: "uniqueItems broken", value: values.listsOf(schema.place, limitOf(schema, "maxItems") ?? 7) },
      ];
    case "additionalProperties":
      return [unknownMember(schema, values)];
    default:
      return [];
  }
}

const OF_TYPE: Readonly<Record<string, readonly Json[]>> = {
  null: [null],
  boolean: [true, false],
  number: [1.5, -0.5, 1e300],
  integer: [0, 1, -1, 1984],
  string: ["", "1", "true", "null", "female"],
  array: [[], [null], ["a"]],
  object: [{}, { $ne: "" }, { a: 1 }],
};

function typeCases(schema: JoinedSchema): (RuleCase | null)[] {
  const own = typesOf(schema) ?? [];
  const admitted = own.includes("number") ? [...own, "integer"] : own;
  const others = Object.entries(OF_TYPE).filter(([type]) => !admitted.includes(type) && type !== "null");
  return [
    own.includes("null") ? null : choice("type null", [null]),
    choice(
      "type other",
      others.flatMap(([, examples]) => examples),
    ),
  ];
}

function enumCases(schema: JoinedSchema): (RuleCase | null)[] {
  const texts = enumOf(schema);
  const members = [
    ...valuesOf(schema.rules, "enum").filter(isList).flat(),
    ...valuesOf(schema.rules, "const"),
  ];
  const numbers = members.filter((member) => typeof member === "number");
  return [
    ...members.map((member, index) => choice(`enum member ${index}`, [member])),
    choice("enum near", nearMisses(texts)),
    choice("enum other", texts.length > 0 ? ["", "x", `${texts[0] ?? ""} `, ` ${texts[0] ?? ""}`] : []),
    choice(
      "enum between",
      numbers.flatMap((number) => [number + 1, number + 0.5]).filter((one) => !numbers.includes(one)),
    ),
  ];
}

function formatCases(schema: JoinedSchema, values: Values, today: string): (RuleCase | null)[] {
  const edges = knownTexts(schema, today);
  const kept = formatsOf(schema).flatMap((format) => FORMAT_VALUES[format]?.() ?? []);
  return [
    // Each for itself, so that none is left to chance.
    ...edges.map((text, index) => choice(`format edge ${index}`, [text], 4 / edges.length)),
    ...kept.map((texts) => ({
      aim: "format kept",
      value: texts.filter((text) => values.accepts(schema.place, text)),
    })),
    ...kept.map((texts) => ({ aim: "format mutated", value: mutated(texts) })),
  ];
}

/** One character taken out, put in or changed. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const letters = fc.constantFrom(...codePoints("0123456789-:TZ+.abfgAFtz "));
  return fc.tuple(texts, fc.nat(), letters, fc.constantFrom(0, 1, 2)).map(([text, at, letter, kind]) => {
    const points = codePoints(text);
    const place = at % Math.max(points.length, 1);
    if (kind === 0) return points.toSpliced(place, 1).join("");
    return points.toSpliced(place, kind === 1 ? 0 : 1, letter).join("");
  });
}

function lengthCases(
  keyword: string,
  limit: number,
  step: number,
  schema: JoinedSchema,
  values: Values,
): (RuleCase | null)[] {
  const isWide = (text: string) => /[^\0-\x7F]/.test(text);
  const texts = (length: number) =>
    textsOfLength(schema, length, (text) => values.accepts(schema.place, text));
  const sides = (side: string, all: readonly string[]) => [
    choice(
      `${keyword} ${side}`,
      all.filter((text) => !isWide(text)),
    ),
    choice(`${keyword} ${side}, in letters of several bytes`, all.filter(isWide)),
  ];
  return [...sides("at", texts(limit)), ...(limit + step < 0 ? [] : sides("over", texts(limit + step)))];
}

function limitCases(keyword: string, limit: number, step: number): (RuleCase | null)[] {
  const beyond = limit + step === limit ? [] : [limit + step];
  const far = step > 0 ? [limit * 2 + 10, 1e300] : [-1e300, limit - 1000];
  return [
    choice(`${keyword} at`, [limit]),
    choice(`${keyword} over`, beyond),
    choice(`${keyword} far over`, far),
  ];
}

function itemCases(
  keyword: string,
  limit: number,
  step: number,
  schema: JoinedSchema,
  values: Values,
): (RuleCase | null)[] {
  // Long lists take their time: among the random cases they are rare.
  const weight = limit > 20 ? 0.1 : 1;
  const lists = (length: number) => values.listsOf(schema.place, length);
  return [
    { aim: `${keyword} at`, value: lists(limit), weight },
    limit + step < 0 ? null : { aim: `${keyword} over`, value: lists(limit + step), weight },
  ];
}

function memberCases(schema: JoinedSchema, values: Values): (RuleCase | null)[] {
  const names = [...schema.properties.keys()];
  return names.map((name) => ({
    aim: schema.required.includes(name) ? `required ${name} missing` : `${name} absent`,
    value: values.objects(schema, { without: name }),
  }));
}

const UNKNOWN_NAMES = [
  "x",
  "",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "$ne",
  "\u{1F9EA}",
  "a/b~c",
];

function unknownMember(schema: JoinedSchema, values: Values): RuleCase | null {
  if (!schema.closed) return null;
  const known = [...schema.properties.keys()];
  const names = [
    ...UNKNOWN_NAMES,
    ...known.map((name) => name.toUpperCase()),
    ...known.map((name) => `${name} `),
  ];
  const name = fc.constantFrom(...names.filter((one) => !known.includes(one)));
  const value = fc
    .tuple(values.objects(schema), name, fc.jsonValue({ maxDepth: 1 }))
    .map(([object, member, content]) =>
      isObject(object) ? withMember(object, member, content as Json) : object,
    );
  return { aim: "unknown member", value };
}

/** Also when it is called `__proto__`. */
function withMember(object: JsonObject, name: string, value: Json): JsonObject {
  return Object.fromEntries([...Object.entries(object), [name, value]]);
}

function choice(aim: string, values: readonly Json[], weight = 1): RuleCase | null {
  return values.length === 0 ? null : { aim, value: fc.constantFrom(...values), weight };
}
