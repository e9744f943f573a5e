import { Double, Int32 } from "bson";
import { CommandError } from "../errors.ts";
import { compareValues, equalValues } from "../values/compare-values.ts";
import type { Document } from "../values/document.ts";
import { isDocument } from "../values/document.ts";
import { encodeValue } from "../values/encode-key.ts";
import { parsePath } from "../values/field-path.ts";
import { addNumbers, numberOf } from "../values/numbers.ts";
import type { Expression } from "./expression.ts";
import { parseExpression } from "./expression.ts";
import type { Stage } from "./stage.ts";

interface Accumulated {
  readonly name: string;
  readonly operator: string;
  readonly expression: Expression;
}

/** From the values of a group, missing ones as `undefined`, to the field's value. */
type Accumulator = (values: readonly unknown[]) => unknown;

const accumulators = new Map<string, Accumulator>([
  ["$sum", sum],
  ["$count", (values) => new Int32(values.length)],
  ["$avg", average],
  ["$min", (values) => extreme(values, -1)],
  ["$max", (values) => extreme(values, 1)],
  ["$first", (values) => values[0] ?? null],
  ["$last", (values) => values.at(-1) ?? null],
  ["$push", (values) => values.filter((value) => value !== undefined)],
  ["$addToSet", distinct],
]);

/**
 * `$group` by an expression, with the accumulators `$sum`, `$count`, `$avg`, `$min`, `$max`, `$first`, `$last`,
 * `$push` and `$addToSet`. Groups come in the order in which they were met.
 *
 * @throws {CommandError} `FailedToParse` without an `_id` or with an unknown accumulator
 */
export function parseGroup(specification: unknown): Stage {
  if (!isDocument(specification) || !Object.hasOwn(specification, "_id")) {
    throw new CommandError("FailedToParse", "a group specification must include an _id");
  }
  const { _id: idExpression, ...fields } = specification;
  const id = parseExpression(idExpression);
  const accumulated = Object.entries(fields).map(([name, accumulator]) =>
    parseAccumulator(name, accumulator),
  );
  return (documents) => group(documents, id, accumulated);
}

function parseAccumulator(name: string, accumulator: unknown): Accumulated {
  const [operator = "", ...others] = isDocument(accumulator) ? Object.keys(accumulator) : [];
  if (!isDocument(accumulator) || others.length > 0 || !accumulators.has(operator)) {
    throw new CommandError("FailedToParse", `The field '${name}' must be one accumulator that is supported`);
  }
  if (parsePath(name).length > 1)
    throw new CommandError("FailedToParse", `The field name '${name}' cannot contain '.'`);
  const operand = accumulator[operator];
  return { name, operator, expression: operator === "$count" ? () => null : parseExpression(operand) };
}

function* group(
  documents: Iterable<Document>,
  id: Expression,
  accumulated: readonly Accumulated[],
): Generator<Document> {
  const groups = new Map<string, { id: unknown; columns: unknown[][] }>();
  for (const document of documents) {
    const value = id(document) ?? null;
    const key = encodeValue(value).toString("latin1");
    const found = groups.get(key) ?? { id: value, columns: accumulated.map(() => []) };
    groups.set(key, found);
    for (const [index, { expression }] of accumulated.entries())
      found.columns[index]?.push(expression(document));
  }
  for (const { id: value, columns } of groups.values()) {
    const fields = accumulated.map(({ name, operator }, index) => [
      name,
      accumulators.get(operator)?.(columns[index] ?? []),
    ]);
    yield { _id: value, ...Object.fromEntries(fields) };
  }
}

/** What is no number adds nothing. */
function sum(values: readonly unknown[]): unknown {
  return values.filter(isNumber).reduce<unknown>(addNumbers, new Int32(0));
}

function average(values: readonly unknown[]): unknown {
  const numbers = values.map(numberOf).filter((number) => number !== undefined);
  return numbers.length === 0
    ? null
    : new Double(numbers.reduce((total, number) => total + number, 0) / numbers.length);
}

function extreme(values: readonly unknown[], sign: 1 | -1): unknown {
  let best: unknown = null;
  for (const value of values) {
    if (value === undefined || value === null) continue;
    if (best === null || compareValues(value, best) * sign > 0) best = value;
  }
  return best;
}

function distinct(values: readonly unknown[]): unknown[] {
  const present = values.filter((value) => value !== undefined);
  return present.filter((value, index) => present.findIndex((one) => equalValues(one, value)) === index);
}

function isNumber(value: unknown): boolean {
  return numberOf(value) !== undefined;
}
