import type { EvaluationPlugin } from "@hyperjump/json-schema/experimental";
import { value as valueOf } from "@hyperjump/json-schema/instance/experimental";
import { registerSchema, validate } from "@hyperjump/json-schema/openapi-3-1";
import type { SchemaObject, Validator } from "@hyperjump/json-schema/openapi-3-1";
import { isList, isObject, type Json, type JsonObject } from "../../../generator/load/json.ts";
import { fragmentOf, membersOf, pointerOf, valueAt } from "../contract/pointer.ts";
import { RULES, stringsOf } from "../contract/schema.ts";
import { clock, defineDialect, DIALECT } from "./hyperjump-dialect.ts";

/** A rule of a schema that a value breaks. */
export interface Violation {
  /** The JSON pointer of the value, within what was judged. */
  readonly instance: string;
  readonly keyword: string;
  /** The pointer of the keyword in the published document. */
  readonly schema: string;
  /** The member that is missing, when the keyword is `required`. */
  readonly missing?: string;
}

/** A rule that was held against a value. */
export interface Held {
  /** The JSON pointer of the value, within what was judged. */
  readonly instance: string;
  readonly value: Json;
  readonly keyword: string;
  readonly schema: string;
  readonly isKept: boolean;
}

export interface JudgeOptions {
  /** The day that `x-not-after-today` compares with, `YYYY-MM-DD`. */
  readonly today: string;
  /** Told of every rule as it is held against a value. */
  readonly watch?: (held: Held) => void;
  /** Told of every value that a schema speaks about. */
  readonly visit?: (instance: string) => void;
}

interface Keyword {
  readonly keyword: string;
  readonly pointer: string;
  /** Whether it refuses by itself, and does not only pass on what others refuse. */
  readonly refuses: boolean;
}

/** By the URI under which the library knows them. */
const documentsByUri = new Map<string, JsonObject>();

/**
 * JSON Schema as @hyperjump/json-schema understands it: an implementation that shares nothing with ajv, reading the published
 * documents as OpenAPI 3.1. Formats and `x-not-after-today` are ours, and written apart from the generator's.
 */
export class SchemaOracle {
  readonly #home = `https://conformance.specimen.example/${documentsByUri.size}`;
  readonly #validators = new Map<string, Validator>();
  readonly #keywords = new Map<string, Keyword>();

  /**
   * @param documents by API name
   * @param pointers of the schemas that will be judged by, of each API
   * @throws when a document is no valid OpenAPI 3.1
   */
  static async of(
    documents: ReadonlyMap<string, JsonObject>,
    pointers: (api: string) => Iterable<string>,
  ): Promise<SchemaOracle> {
    defineDialect(isTrue);
    const oracle = new SchemaOracle();
    for (const [api, document] of documents) {
      const uri = oracle.#uriOf(api);
      documentsByUri.set(uri, document);
      registerSchema(document as SchemaObject, uri, DIALECT);
      for (const pointer of pointers(api)) {
        oracle.#validators.set(`${api}${pointer}`, await validate(`${uri}${fragmentOf(pointer)}`));
      }
    }
    return oracle;
  }

  /** The rules that a value breaks; none when it is what the schema asks for. */
  judge(api: string, pointer: string, value: Json, { today, watch, visit }: JudgeOptions): Violation[] {
    const violations: Violation[] = [];
    /** How many violations there were before each choice that is being looked at. */
    const before: number[] = [];
    const plugin: EvaluationPlugin = {
      beforeKeyword: ([, uri]) => {
        if (CHOICES.has(this.#keyword(uri).keyword)) before.push(violations.length);
      },
      afterKeyword: ([, uri], instance, _context, isKept) => {
        const known = this.#keyword(uri);
        const mark = CHOICES.has(known.keyword) ? before.pop() : undefined;
        // What does not keep one of several schemas breaks nothing while it keeps another.
        if (isKept && mark !== undefined) violations.length = mark;
        if (isKept && !watch) return;
        if (watch && RULES.has(known.keyword)) {
          const held = { instance: unshielded(instance.pointer), value: valueOf<Json>(instance) };
          watch({ ...held, keyword: known.keyword, schema: known.pointer, isKept });
        }
        if (isKept || !known.refuses) return;
        violations.push(...violationsOf(known, unshielded(instance.pointer), valueOf<Json>(instance), uri));
      },
    };
    if (visit) plugin.beforeSchema = (_uri, instance) => visit(unshielded(instance.pointer));
    clock.today = today;
    this.#validator(api, pointer)(instanceOf(value), { plugins: [plugin] });
    return violations;
  }

  accepts(api: string, pointer: string, value: Json, today: string): boolean {
    clock.today = today;
    return this.#validator(api, pointer)(instanceOf(value)).valid;
  }

  #validator(api: string, pointer: string): Validator {
    const validator = this.#validators.get(`${api}${pointer}`);
    if (!validator) throw new Error(`no schema was compiled for ${api}${pointer}`);
    return validator;
  }

  #keyword(uri: string): Keyword {
    return this.#keywords.get(uri) ?? this.#read(uri);
  }

  #read(uri: string): Keyword {
    const pointer = pointerOf(uri);
    const keyword = membersOf(pointer).at(-1) ?? "";
    const value = valueAt(documentOf(uri), pointer);
    const closes = keyword === "additionalProperties" && value === false;
    const refuses =
      (RULES.has(keyword) && keyword !== "additionalProperties") || closes || CHOICES.has(keyword);
    const known = { keyword, pointer, refuses };
    this.#keywords.set(uri, known);
    return known;
  }

  #uriOf(api: string): string {
    return `${this.#home}/${api}/openapi.json`;
  }
}

/** They refuse what each of their schemas may accept. */
const CHOICES: ReadonlySet<string> = new Set(["anyOf", "oneOf", "not"]);

function documentOf(uri: string): JsonObject {
  return documentsByUri.get(uri.slice(0, uri.indexOf("#"))) ?? {};
}

function isTrue(uri: string): boolean {
  return valueAt(documentOf(uri), pointerOf(uri)) === true;
}

/** One for each member that is missing, as most implementations tell it. */
function violationsOf(
  { keyword, pointer }: Keyword,
  instance: string,
  value: Json,
  uri: string,
): Violation[] {
  const violation = { instance, keyword, schema: pointer };
  if (keyword !== "required") return [violation];
  const required = stringsOf(valueAt(documentOf(uri), pointer) ?? []);
  const missing = required.filter((name) => !isObject(value) || !Object.hasOwn(value, name));
  return missing.map((name) => ({ ...violation, missing: name }));
}

/** Only read; the library's type would let it be written to. */
function instanceOf(value: Json): Parameters<Validator>[0] {
  return shielded(value) as Parameters<Validator>[0];
}

/**
 * The library looks members up by `in`, so that it takes `constructor` or `toString` for ones that a schema names, and fails:
 * such members get another name for it, which no schema has either.
 */
function shielded(value: Json): Json {
  if (isList(value)) return needsShield(value) ? value.map(shielded) : value;
  if (!isObject(value) || !needsShield(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name in Object.prototype ? SHIELD + name : name,
      shielded(member),
    ]),
  );
}

const SHIELD = "\uE000";

function needsShield(value: Json): boolean {
  if (isList(value)) return value.some(needsShield);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([name, member]) => name in Object.prototype || needsShield(member));
}

function unshielded(pointer: string): string {
  return pointer.includes(SHIELD) ? pointer.replaceAll(SHIELD, "") : pointer;
}
