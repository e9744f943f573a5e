import fc from "fast-check";
import type { Json } from "../../../generator/load/json.ts";
import { isObject } from "../../../generator/load/json.ts";
import { nameOfLocation, requestLocations, type RequestLocation } from "../contract/locations.ts";
import { parametersIn, type CheckedOperation, type CheckedParameter } from "../contract/operation.ts";
import { SAME_IDS } from "../single-operations.ts";
import type { Draft, DraftBody, DraftPath, HeaderText } from "./draft.ts";
import { ruleCases, type RuleCase } from "./rule-cases.ts";
import type { Values } from "./values.ts";
import { wireCases } from "./wire-cases.ts";

/** A kind of case of an operation: what it aims at, and requests that do. */
export interface PlannedCase {
  readonly aim: string;
  readonly weight: number;
  readonly drafts: fc.Arbitrary<Draft>;
}

/** All kinds of cases of an operation. */
export interface Plan {
  /** Each of them is run at least once. */
  readonly cases: readonly PlannedCase[];
  /** Requests that keep the contract, and each of the cases above. */
  readonly any: fc.Arbitrary<Draft>;
}

type QueryPair = readonly [string, string];
type HeaderLine = readonly [string, HeaderText];

/** What a draft is made of. */
interface DraftParts {
  readonly path: fc.Arbitrary<DraftPath>;
  readonly query: fc.Arbitrary<QueryPair[]>;
  readonly headers: fc.Arbitrary<HeaderLine[]>;
  readonly body: fc.Arbitrary<DraftBody | null>;
}

/** Of a hundred random cases so many are meant to keep the contract. */
const VALID = 30;

/**
 * Plans the cases of an operation from its contract alone.
 * @param gone the operations that delete what this one is about
 */
export function planCases(
  operation: CheckedOperation,
  values: Values,
  today: string,
  gone: readonly string[],
): Plan {
  const base = new Base(operation, values);
  const fromRules = requestLocations(operation).flatMap((location) =>
    ruleCases(location, values, today).flatMap((rule) => base.withRule(location, rule)),
  );
  const fromWire = wireCases(operation, gone).map(({ aim, weight, change }) => ({
    aim,
    weight,
    drafts: fc.tuple(base.drafts(aim), change).map(([draft, apply]) => apply(draft)),
  }));
  const missing = operation.parameters
    .filter(({ required }) => required)
    .flatMap(({ name, in: place }) => (place === "path" ? [] : [base.without(place, name)]));
  const valid = { aim: "valid", weight: 1, drafts: base.drafts("valid") };
  const cases = [valid, ...missing, ...fromRules, ...fromWire];
  const total = cases.reduce((sum, { weight }) => sum + weight, 0);
  const share = (weight: number) => Math.max(1, Math.round((weight / total) * (100 - VALID) * 100));
  return {
    cases,
    any: fc.oneof(
      { weight: VALID * 100, arbitrary: valid.drafts },
      ...cases.map(({ weight, drafts }) => ({ weight: share(weight), arbitrary: drafts })),
    ),
  };
}

/** A plan of the cases alone whose names begin so. @throws when there are none */
export function limitPlan(plan: Plan, aim: string): Plan {
  const cases = plan.cases.filter((one) => one.aim.startsWith(aim));
  if (cases.length === 0) throw new Error(`there is no planned case "${aim}"`);
  return { cases, any: fc.oneof(...cases.map(({ drafts }) => drafts)) };
}

/** Requests that keep the contract, and where they are changed. */
class Base {
  readonly #operation: CheckedOperation;
  readonly #values: Values;
  readonly #known = new Map<CheckedParameter, fc.Arbitrary<string>>();

  constructor(operation: CheckedOperation, values: Values) {
    this.#operation = operation;
    this.#values = values;
  }

  drafts(aim: string, changed: Partial<DraftParts> = {}): fc.Arbitrary<Draft> {
    const parts: DraftParts = {
      path: this.#paths(),
      query: this.#query(),
      headers: this.#headers(),
      body: this.#bodies(),
      ...changed,
    };
    return fc.record({ ...parts }).map((draft) => ({
      aim,
      ...draft,
      contentType: draft.body === null ? null : "application/json",
    }));
  }

  /** A parameter that must be there is not. */
  without(place: "query" | "header", name: string): PlannedCase {
    const aim = `${place} ${name} missing`;
    const drafts = this.drafts(aim).map((draft) => ({
      ...draft,
      query: draft.query.filter(([sent]) => place !== "query" || sent !== name),
      headers: draft.headers.filter(([sent]) => place !== "header" || sent !== name),
    }));
    return { aim, weight: 1, drafts };
  }

  withRule(location: RequestLocation, rule: RuleCase): PlannedCase[] {
    const aim = `${nameOfLocation(location)} ${rule.aim}`;
    const { part, parameter, members } = location;
    const weight = rule.weight ?? 1;
    if (!parameter)
      return [{ aim, weight, drafts: this.drafts(aim, { body: this.#bodies(members, rule.value) }) }];
    const texts = textsFor(parameter, rule.value);
    if (!texts) return [];
    if (part === "path")
      return [{ aim, weight, drafts: this.drafts(aim, { path: this.#paths(parameter, texts) }) }];
    const changed =
      part === "query"
        ? { query: this.#query(parameter, texts) }
        : { headers: this.#headers(parameter, texts) };
    return [{ aim, weight, drafts: this.drafts(aim, changed) }];
  }

  #paths(parameter?: CheckedParameter, texts?: fc.Arbitrary<string>): fc.Arbitrary<DraftPath> {
    const spelling = fc.constantFrom("lower" as const, "lower" as const, "upper" as const, "mixed" as const);
    const replaced = parameter && texts ? texts.map((text) => ({ [parameter.name]: text })) : fc.constant({});
    return fc.record({
      subject: fc.constant("existing" as const),
      spelling,
      texts: fc.oneof({ weight: 9, arbitrary: replaced }, this.#unknown(replaced)),
    });
  }

  /** Now and then an id of nothing. */
  #unknown(otherwise: fc.Arbitrary<Record<string, string>>): fc.Arbitrary<Record<string, string>> {
    const parameters = parametersIn(this.#operation, "path");
    if (parameters.length === 0) return otherwise;
    return fc
      .tuple(
        fc.oneof(
          ...parameters.map((parameter) =>
            this.#texts(parameter).map((text) => ({ [parameter.name]: text })),
          ),
        ),
        otherwise,
      )
      .map(([unknown, given]) => ({ ...unknown, ...given }));
  }

  #query(changed?: CheckedParameter, given?: fc.Arbitrary<string>): fc.Arbitrary<QueryPair[]> {
    const pairs = parametersIn(this.#operation, "query").map((parameter): fc.Arbitrary<QueryPair[]> => {
      const own = (arbitrary: fc.Arbitrary<string>) =>
        arbitrary.map((text): QueryPair[] => [[parameter.name, text]]);
      if (parameter === changed && given) return own(given);
      // A cursor cannot be guessed: those that fit are cases of their own.
      if (parameter.name === "cursor") return fc.constant([]);
      const texts = own(this.#texts(parameter));
      return parameter.required
        ? texts
        : fc.oneof({ weight: 4, arbitrary: fc.constant<QueryPair[]>([]) }, texts);
    });
    return fc.tuple(...pairs).map((sent) => sent.flat());
  }

  #headers(changed?: CheckedParameter, texts?: fc.Arbitrary<string>): fc.Arbitrary<HeaderLine[]> {
    const lines = parametersIn(this.#operation, "header").map((parameter): fc.Arbitrary<HeaderLine[]> => {
      const own = (arbitrary: fc.Arbitrary<HeaderText>) =>
        arbitrary.map((text): HeaderLine[] => [[parameter.name, text]]);
      if (parameter === changed && texts) return own(texts);
      if (parameter.required) return own(this.#texts(parameter));
      return fc.oneof({ weight: 6, arbitrary: fc.constant<HeaderLine[]>([]) }, own(this.#texts(parameter)));
    });
    return fc.tuple(...lines).map((sent) => sent.flat());
  }

  /** Looking for what can be sent takes its time, and each case asks for it. */
  #texts(parameter: CheckedParameter): fc.Arbitrary<string> {
    const place = [parameter.schema];
    const values = parameter.in === "path" ? this.#values.fresh(place) : this.#values.at(place);
    const known = this.#known.get(parameter) ?? textsFor(parameter, values);
    if (!known) throw new Error(`${this.#operation.operationId}: no text was found for ${parameter.name}`);
    this.#known.set(parameter, known);
    return known;
  }

  #bodies(members?: readonly string[], value?: fc.Arbitrary<Json>): fc.Arbitrary<DraftBody | null> {
    const place = this.#operation.body?.contents[0]?.schema;
    if (place === undefined) return fc.constant(null);
    const forced = members && value ? { members, value } : undefined;
    const repeated = Object.keys(SAME_IDS[this.#operation.operationId] ?? {}).filter(
      (name) => name !== members?.[0],
    );
    const sameIds = fc.oneof({ weight: 7, arbitrary: fc.constant(repeated) }, fc.constant<string[]>([]));
    return fc.record({ json: this.#values.at([place], forced), sameIds }).map(({ json, sameIds: same }) => ({
      json,
      sameIds: isObject(json) ? same.filter((name) => name in json) : [],
      style: "plain" as const,
    }));
  }
}

/** The texts of a parameter, of values that can be sent as one; `undefined` when there are none. */
function textsFor(parameter: CheckedParameter, values: fc.Arbitrary<Json>): fc.Arbitrary<string> | undefined {
  const isSendable = SENDABLE[parameter.in];
  const texts = values.map(textOf);
  const found = fc
    .sample(texts, { seed: 5, numRuns: 30 })
    .filter((text) => text !== null && isSendable(text));
  if (found.length === 0) return undefined;
  return texts.filter((text): text is string => text !== null && isSendable(text));
}

function textOf(value: Json): string | null {
  if (typeof value === "string") return value.isWellFormed() ? value : null;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** What of a text a place of a request can bear. */
const SENDABLE: Readonly<Record<CheckedParameter["in"], (text: string) => boolean>> = {
  // An empty segment, a dot or two, and a NUL are another address: `expectations.ts`, `unreadable-path`.
  path: (text) => text !== "" && text !== "." && text !== ".." && !text.includes("\0"),
  query: () => true,
  // RFC 9110, 5.5. White space around a value is no part of it.
  header: (text) => /^[\t\x20-\x7E\x80-\xFF]*$/.test(text) && text === text.trim(),
};
