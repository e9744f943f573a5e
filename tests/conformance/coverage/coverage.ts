import { isObject, type Json } from "../../../generator/load/json.ts";
import {
  nameOfLocation,
  requestLocations,
  unknownRules,
  type Part,
  type RequestLocation,
} from "../contract/locations.ts";
import type { CheckedOperation } from "../contract/operation.ts";
import { membersOf, join, valueAt } from "../contract/pointer.ts";
import type { Disagreement } from "../disagreement.ts";
import { EXPECTATIONS, type Expectation } from "../expectations.ts";
import { OUT_OF_REACH } from "../single-operations.ts";
import type { Received } from "../oracle/received.ts";
import type { Held } from "../oracle/schema-oracle.ts";
import { mediaTypeOf, type Answer } from "../parts/answer.ts";
import { aspectsOf, aspectsSeen } from "./aspects.ts";

/** What there is to be seen: rules of the contract at their sides, properties and parameters, answers, expectations. */
export type CoverageKind = "rules" | "properties" | "answers" | "expectations";

/** Something that at least one case must show. */
interface Cell {
  readonly kind: CoverageKind;
  /** Where the contract says it. */
  readonly pointer: string;
}

/**
 * What the cases of one operation have shown. It is measured where it happens, in what the oracle evaluates and in what comes
 * back, and not by what cases were meant to do.
 */
export class Coverage {
  readonly #operation: CheckedOperation;
  readonly #cells = new Map<string, Cell>();
  readonly #open: Set<string>;
  readonly #optional = new Map<string, readonly string[]>();

  constructor(operation: CheckedOperation) {
    this.#operation = operation;
    for (const location of requestLocations(operation)) this.#expectLocation(location);
    for (const [status, { contents, pointer }] of operation.responses) {
      const answers =
        contents.length > 0 ? contents.map(({ mediaType }) => `${status} ${mediaType}`) : [status];
      for (const answer of answers)
        if (isInReach(answer, operation)) this.#expect("answers", answer, pointer);
    }
    for (const { id, concerns } of EXPECTATIONS)
      if (concerns(operation)) this.#expect("expectations", id, operation.pointer);
    this.#open = new Set(this.#cells.keys());
  }

  /** Whether there is nothing more to be seen. */
  get isComplete(): boolean {
    return this.#open.size === 0;
  }

  /** A rule was held against a value. */
  seeRule(part: Part, name: string, { instance, value, keyword, schema, isKept }: Held): void {
    const place = placeOf(part, name, instance);
    const rule = valueAt(this.#operation.document, schema) ?? null;
    for (const aspect of aspectsSeen(keyword, rule, value, isKept))
      this.#see(`${place} ${keyword} ${aspect}`);
    if (keyword !== "type" || !isKept) return;
    this.#see(`${place} present`);
    if (isObject(value)) this.#seeAbsent(place, value);
  }

  /** The parameters that were not sent. */
  seeParameters({ parameters }: Received): void {
    for (const { in: part, name } of this.#operation.parameters)
      if (parameters[part][name] === undefined) this.#see(`${placeOf(part, name, "")} absent`);
  }

  seeExpectation({ id }: Expectation): void {
    this.#see(id);
  }

  /** An answer as a client gets it. */
  seeAnswer(answer: Answer): void {
    const mediaType = mediaTypeOf(answer);
    this.#see(mediaType === "" ? String(answer.status) : `${answer.status} ${mediaType}`);
  }

  /** How much of a kind was seen, and how much there is. */
  share(kind: CoverageKind): { readonly seen: number; readonly all: number } {
    const names = [...this.#cells].filter(([, cell]) => cell.kind === kind).map(([name]) => name);
    return { seen: names.filter((name) => !this.#open.has(name)).length, all: names.length };
  }

  /** A finding for each thing that was not seen, and for each keyword that the cases know no values for. */
  gaps(): Disagreement[] {
    const gap = (pointer: string, message: string): Disagreement => ({ rule: "coverage", pointer, message });
    const unknown = unknownRules(this.#operation).map(({ keyword, pointer }) =>
      gap(pointer, `there are no cases for the keyword ${keyword}: add them in tests/conformance/cases`),
    );
    const open = [...this.#open].map((name) =>
      gap(this.#cells.get(name)?.pointer ?? "", `no case has shown: ${name}`),
    );
    return [...unknown, ...open];
  }

  #expectLocation(location: RequestLocation): void {
    const place = nameOfLocation(location);
    const { rules, properties, required } = location.schema;
    for (const rule of rules) {
      for (const aspect of aspectsOf(rule, location))
        this.#expect("rules", `${place} ${rule.keyword} ${aspect}`, rule.pointer);
    }
    const at = location.schema.place[0] ?? this.#operation.pointer;
    this.#expect("properties", `${place} present`, at);
    const { parameter } = location;
    if (parameter && !parameter.required) this.#expect("properties", `${place} absent`, parameter.pointer);
    const optional = [...properties.keys()].filter((name) => !required.includes(name));
    this.#optional.set(place, optional);
    for (const name of optional)
      this.#expect("properties", `${below(location, name)} absent`, properties.get(name)?.[0] ?? at);
  }

  #expect(kind: CoverageKind, name: string, pointer: string): void {
    if (!this.#cells.has(name)) this.#cells.set(name, { kind, pointer });
  }

  #see(name: string): void {
    this.#open.delete(name);
  }

  #seeAbsent(place: string, value: Json): void {
    for (const name of this.#optional.get(place) ?? [])
      if (isObject(value) && !Object.hasOwn(value, name))
        this.#see(`${place}${place.includes("/") ? "" : " "}${join("", name)} absent`);
  }
}

function placeOf(part: Part, name: string, instance: string): string {
  const members = membersOf(instance).map((member) => (/^\d+$/.test(member) ? "*" : member));
  return nameOfLocation({ part, name, members });
}

function below({ part, name, members }: RequestLocation, property: string): string {
  return nameOfLocation({ part, name, members: [...members, property] });
}

function isInReach(answer: string, operation: CheckedOperation): boolean {
  return !OUT_OF_REACH.some((one) => one.answer === answer && (one.of?.(operation) ?? true));
}
