import { BSONRegExp } from "bson";
import { CommandError, notImplemented } from "../errors.ts";
import { matches } from "../query/matches.ts";
import { parseFilter } from "../query/parse-filter.ts";
import { beginsWithOperator, parsePredicates } from "../query/parse-predicates.ts";
import { assertSupported } from "../values/assert-supported.ts";
import { equalValues } from "../values/compare-values.ts";
import { isDocument } from "../values/document.ts";
import { numberOf } from "../values/numbers.ts";
import type { Change } from "./update.ts";

type Elements = readonly unknown[];

/** `$push` of one value, or of `$each`, with `$slice`. */
export function push(operand: unknown): Change {
  const { values, slice } = parseEach("$push", operand);
  return (old) => sliced([...arrayOf("$push", old ?? []), ...values], slice);
}

/** `$addToSet` of one value or of `$each`; what is there already stays as it is. */
export function addToSet(operand: unknown): Change {
  const { values, slice } = parseEach("$addToSet", operand);
  if (slice !== undefined) throw new CommandError("BadValue", "$addToSet takes no $slice");
  return (old) => {
    const elements = arrayOf("$addToSet", old ?? []);
    const fresh = values.filter(
      (value, index) => ![...elements, ...values.slice(0, index)].some((one) => equalValues(one, value)),
    );
    return fresh.length === 0 && old !== undefined ? old : [...elements, ...fresh];
  };
}

/** `$pull` of a value, of a condition (`{$gt: 5}`), or of documents that meet a query. */
export function pull(operand: unknown): Change {
  const isCondition = operand instanceof BSONRegExp || (isDocument(operand) && beginsWithOperator(operand));
  const isQuery = isDocument(operand) && !isCondition;
  const filter = isQuery ? parseFilter(operand) : parsePredicates([], operand, parseFilter);
  return without("$pull", (element) => (!isQuery || isDocument(element)) && matches(element, filter));
}

/** `$pullAll` of every value listed. */
export function pullAll(operand: unknown): Change {
  if (!Array.isArray(operand)) throw new CommandError("BadValue", "$pullAll requires an array argument");
  const values: Elements = operand;
  assertSupported(values);
  return without("$pullAll", (element) => values.some((value) => equalValues(element, value)));
}

/** `$pop`: 1 takes the last element, -1 the first. */
export function pop(operand: unknown): Change {
  const end = numberOf(operand);
  if (end !== 1 && end !== -1) throw new CommandError("FailedToParse", "$pop expects 1 or -1");
  return (old) => (old === undefined ? old : arrayOf("$pop", old).slice(...(end === 1 ? [0, -1] : [1])));
}

function without(operator: string, isPulled: (element: unknown) => boolean): Change {
  return (old) => (old === undefined ? old : arrayOf(operator, old).filter((element) => !isPulled(element)));
}

function parseEach(operator: string, operand: unknown): { values: Elements; slice?: number } {
  if (!isDocument(operand) || !("$each" in operand)) {
    assertSupported(operand);
    return { values: [operand] };
  }
  const { $each: each, $slice: slice, ...others } = operand;
  const [other] = Object.keys(others);
  if (other !== undefined) throw notImplemented(`${other} in ${operator}`);
  if (!Array.isArray(each))
    throw new CommandError("TypeMismatch", `The argument to $each in ${operator} must be an array`);
  const values: Elements = each;
  assertSupported(values);
  return slice === undefined ? { values } : { values, slice: sliceOf(slice) };
}

function sliceOf(slice: unknown): number {
  const number = numberOf(slice);
  if (number !== undefined && Number.isSafeInteger(number)) return number;
  throw new CommandError("BadValue", "The value for $slice must be an integer");
}

/** A negative slice keeps the last elements. */
function sliced(elements: Elements, slice: number | undefined): Elements {
  if (slice === undefined) return elements;
  if (slice === 0) return [];
  return slice > 0 ? elements.slice(0, slice) : elements.slice(slice);
}

function arrayOf(operator: string, value: unknown): Elements {
  if (Array.isArray(value)) return value;
  throw new CommandError("BadValue", `The field that ${operator} is applied to must be an array`);
}
