import type { Finding, Position } from "../../finding.ts";
import { isObject, listAt, type Json, type JsonObject } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { ApiModel, PlatformModel } from "../../model/model.ts";
import { formatPosition, Losses, type Loss } from "../losses.ts";
import { lowerSchema, type LoweredSchema, type SchemaContext } from "./lower-schema.ts";
import { namePlaces } from "./name-places.ts";

/** What is known while one import document is compiled: the contract, the schemas that are named, what got lost. */
export class Compilation implements SchemaContext {
  /** The contract with what the gateway answers by itself. */
  readonly document: JsonObject;
  readonly findings: Finding[] = [];
  readonly #api: ApiModel;
  readonly #model: PlatformModel;
  readonly #losses = new Losses();
  readonly #nameOf: (node: object) => string;
  readonly #schemas = new Map<string, LoweredSchema>();
  readonly #named = new Map<string, Json>();
  /** The schemas that are being lowered, outermost first. */
  readonly #open: string[] = [];
  readonly #reached = new Set<string>();

  constructor(api: ApiModel, document: JsonObject, model: PlatformModel) {
    this.#api = api;
    this.#model = model;
    this.document = document;
    this.#nameOf = namePlaces(api.document, document);
  }

  /** Where a node, or one of its members, was written; for what the generator adds, where the contract begins. */
  at(node: object, member?: string): Position {
    const { locations } = this.#model;
    return locations.find(node, member) ?? locations.at(this.#api.document);
  }

  lose(node: object, key: string, lost: string, enforcedBy: string): void {
    const name = this.#nameOf(node);
    this.#losses.add({
      at: this.at(node, key),
      where: name === "" ? key : `${name}/${key}`,
      lost,
      enforcedBy,
    });
  }

  losses(): Loss[] {
    return this.#losses.list();
  }

  report(node: object, member: string | undefined, rule: string, message: string): void {
    this.findings.push({ ...this.at(node, member), severity: "error", rule, message });
  }

  /** The object itself, or the component that it refers to. */
  follow(node: Json | undefined): JsonObject {
    const target = dereference(this.document, node);
    this.#reach(target);
    return target;
  }

  /**
   * The same for a thing as a whole, such as a component.
   * @param shownBy the member whose line is named
   */
  loseWhole(node: object, lost: string, enforcedBy: string, shownBy?: string): void {
    this.#losses.add({ at: this.at(node, shownBy), where: this.#nameOf(node), lost, enforcedBy });
  }

  /** True when something public leads to a component. */
  reaches(component: Json): boolean {
    return !isObject(component) || this.#reached.has(this.#identify(component));
  }

  /** @throws never: a circle is a finding, and ends where it closes */
  reference(schema: JsonObject): LoweredSchema {
    const name = targetName(schema);
    const known = this.#schemas.get(name);
    const own: JsonObject = { $ref: schema.$ref ?? null };
    if (this.#open.includes(name)) {
      const circle = [...this.#open.slice(this.#open.indexOf(name)), name].join(" → ");
      this.report(schema, "$ref", "apim/recursive-schema", `APIM imports no recursion: ${circle}`);
      return { schema: own, exact: true };
    }
    const lowered = known ?? this.#lowerComponent(name, this);
    this.#schemas.set(name, lowered);
    return { schema: own, exact: lowered.exact };
  }

  /** A schema of a parameter or a header: these cannot name one in APIM. */
  inline(schema: Json): Json {
    const inlining: SchemaContext = {
      lose: (node, key, lost, enforcedBy) => this.lose(node, key, lost, enforcedBy),
      reference: (node) => this.#inlineReference(node, inlining),
    };
    return hoistType(lowerSchema(schema, inlining).schema);
  }

  /**
   * A schema of a body: APIM takes none that has no name, so an inline one gets one (and not one that APIM makes up).
   */
  name(schema: Json, wish: string): Json {
    const { schema: lowered } = lowerSchema(schema, this);
    if (isObject(lowered) && "$ref" in lowered) return lowered;
    const name = this.#freeName(wish, lowered);
    this.#named.set(name, lowered);
    return { $ref: `#/components/schemas/${name}` };
  }

  /** The schemas that public operations lead to, by name. */
  schemas(): JsonObject {
    const lowered = [...this.#schemas].map(([name, { schema }]): [string, Json] => [name, schema]);
    return Object.fromEntries([...lowered, ...this.#named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #lowerComponent(name: string, context: SchemaContext): LoweredSchema {
    const source = this.#api.schemas[name] ?? {};
    if (isObject(source)) this.#reach(source);
    this.#open.push(name);
    const lowered = lowerSchema(source, context);
    this.#open.pop();
    return lowered;
  }

  #inlineReference(schema: JsonObject, context: SchemaContext): LoweredSchema {
    const name = targetName(schema);
    if (!this.#open.includes(name)) return this.#lowerComponent(name, context);
    this.report(schema, "$ref", "apim/recursive-schema", `APIM imports no recursion: ${name} → ${name}`);
    return { schema: {}, exact: false };
  }

  #freeName(wish: string, schema: Json): string {
    const content = JSON.stringify(schema);
    const isFree = (name: string): boolean =>
      !(name in this.#api.schemas) && JSON.stringify(this.#named.get(name) ?? schema) === content;
    let name = wish;
    for (let count = 2; !isFree(name); count++) name = `${wish}${count}`;
    return name;
  }

  #reach(node: JsonObject): void {
    this.#reached.add(this.#identify(node));
  }

  /** A copy that carries its original's place counts as the original. */
  #identify(node: JsonObject): string {
    const place = this.#model.locations.find(node);
    return place ? formatPosition(place) : this.#nameOf(node);
  }
}

function targetName({ $ref }: JsonObject): string {
  return typeof $ref === "string" ? $ref.slice($ref.lastIndexOf("/") + 1) : "";
}

/** APIM reads a parameter's type from the schema itself, not from what the schema is composed of. */
function hoistType(schema: Json): Json {
  if (!isObject(schema) || "type" in schema) return schema;
  const [typed] = listAt(schema, "allOf")
    .filter(isObject)
    .filter((part) => "type" in part);
  return typed ? { type: typed.type ?? null, ...schema } : schema;
}
