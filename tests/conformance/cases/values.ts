import fc from "fast-check";
import type { Json, JsonObject } from "../../../generator/load/json.ts";
import {
  joinSchemas,
  limitOf,
  typesOf,
  valuesOf,
  type JoinedSchema,
  type SchemaPlace,
} from "../contract/schema.ts";
import { freshTexts, validTexts } from "./texts.ts";

/** Whether a value keeps every rule at a place. */
export type AcceptsAt = (place: SchemaPlace, value: Json) => boolean;

/** A value that must be at a place, whatever else is generated. */
export interface Forced {
  /** The members on the way; `*` is one item of a list. */
  readonly members: readonly string[];
  readonly value: fc.Arbitrary<Json>;
}

/** How many items a list usually has; limits have cases of their own. */
const USUAL_ITEMS = 3;
const SAFE = Number.MAX_SAFE_INTEGER;

/** Makes values that keep the schemas of one document. */
export class Values {
  readonly #document: JsonObject;
  readonly #accepts: AcceptsAt;
  readonly #known = new Map<string, fc.Arbitrary<Json>>();

  constructor(document: JsonObject, accepts: AcceptsAt) {
    this.#document = document;
    this.#accepts = accepts;
  }

  /** Values that keep what holds at a place. @param forced but for one value within them */
  at(place: SchemaPlace, forced?: Forced): fc.Arbitrary<Json> {
    if (forced) return forced.members.length === 0 ? forced.value : this.#make(place, forced);
    const key = place.join("\n");
    const known = this.#known.get(key) ?? this.#make(place);
    this.#known.set(key, known);
    return known;
  }

  /** Texts that keep what holds at a place, and that name nothing that is there. */
  fresh(place: SchemaPlace): fc.Arbitrary<Json> {
    const schema = this.schemaAt(place);
    if (!typesOf(schema)?.includes("string")) return this.at(place);
    return freshTexts(schema, (text) => this.#accepts(place, text));
  }

  schemaAt(place: SchemaPlace): JoinedSchema {
    return joinSchemas(this.#document, place);
  }

  accepts(place: SchemaPlace, value: Json): boolean {
    return this.#accepts(place, value);
  }

  /** Lists of exactly so many items, which repeat a few. */
  listsOf(place: SchemaPlace, length: number): fc.Arbitrary<Json> {
    const { items } = this.schemaAt(place);
    if (length === 0 || !items) return fc.constant([]);
    return fc
      .array(this.at(items), { minLength: 1, maxLength: USUAL_ITEMS })
      .map((few) => Array.from({ length }, (_, index) => few[index % few.length] ?? null));
  }

  /** Objects with, or without, some of their members. */
  objects(
    { properties, required }: JoinedSchema,
    { forced, without }: { forced?: Forced; without?: string } = {},
  ): fc.Arbitrary<Json> {
    const [name, ...below] = forced?.members ?? [];
    const entries = [...properties].filter(([member]) => member !== without);
    const model = entries.map(([member, place]): [string, fc.Arbitrary<Json>] => [
      member,
      this.at(place, forced && member === name ? { members: below, value: forced.value } : undefined),
    ]);
    const isAlways = ([member]: [string, unknown]) => required.includes(member) || member === name;
    const always = model.filter(isAlways);
    const optional = model.filter((entry) => !isAlways(entry));
    const requiredKeys = always.map(([member]) => member);
    const any = fc.record(Object.fromEntries(model), { requiredKeys });
    if (optional.length < 3) return any;
    // Of many members that may be left out, hardly ever would all be, or all but one.
    const few = [[], ...optional.map((entry) => [entry])].map((one) =>
      fc.record(Object.fromEntries([...always, ...one])),
    );
    return fc.oneof(any, fc.oneof(...few));
  }

  #make(place: SchemaPlace, forced?: Forced): fc.Arbitrary<Json> {
    const schema = this.schemaAt(place);
    const types = forced ? [forced.members[0] === "*" ? "array" : "object"] : typesOf(schema);
    if (!types) return fc.jsonValue().map((value) => value as Json);
    return fc.oneof(...types.map((type) => this.#ofType(type, schema, forced)));
  }

  #ofType(type: string, schema: JoinedSchema, forced?: Forced): fc.Arbitrary<Json> {
    switch (type) {
      case "string":
        return validTexts(schema, (text) => this.#accepts(schema.place, text));
      case "integer":
      case "number":
        return this.#numbers(schema, type);
      case "boolean":
        return fc.boolean().filter((value) => this.#accepts(schema.place, value));
      case "null":
        return fc.constant(null);
      case "array":
        return this.#lists(schema, forced);
      default:
        return this.objects(schema, forced && { forced });
    }
  }

  #numbers(schema: JoinedSchema, type: string): fc.Arbitrary<Json> {
    const members = [...valuesOf(schema.rules, "enum"), ...valuesOf(schema.rules, "const")].flat();
    const numbers = members.filter((member) => typeof member === "number");
    if (numbers.length > 0) return fc.constantFrom(...numbers);
    const min = limitOf(schema, "minimum") ?? limitOf(schema, "exclusiveMinimum") ?? -SAFE;
    const max = limitOf(schema, "maximum") ?? limitOf(schema, "exclusiveMaximum") ?? SAFE;
    const any = type === "integer" ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
    const small = type === "integer" ? fc.integer({ min, max: Math.min(max, Math.max(min, 0) + 20) }) : any;
    return fc
      .oneof(small, any, fc.constantFrom(min, max))
      .filter((value) => this.#accepts(schema.place, value));
  }

  #lists(schema: JoinedSchema, forced?: Forced): fc.Arbitrary<Json> {
    const minLength = limitOf(schema, "minItems") ?? 0;
    const maxLength = Math.max(minLength, Math.min(limitOf(schema, "maxItems") ?? USUAL_ITEMS, USUAL_ITEMS));
    const { items } = schema;
    if (!items) return fc.array(fc.integer(), { minLength, maxLength });
    if (!forced) return fc.array(this.at(items), { minLength, maxLength });
    const one = this.at(items, { members: forced.members.slice(1), value: forced.value });
    return fc
      .tuple(
        one,
        fc.array(this.at(items), { minLength: Math.max(minLength - 1, 0), maxLength: maxLength - 1 }),
        fc.nat(),
      )
      .map(([value, others, at]) => others.toSpliced(at % (others.length + 1), 0, value));
  }
}
