import { CommandError, notImplemented } from "../errors.ts";
import { assertSupported } from "../values/assert-supported.ts";
import { compareValues } from "../values/compare-values.ts";
import { isDocument } from "../values/document.ts";
import { addNumbers, multiplyNumbers, numberOf } from "../values/numbers.ts";
import { addToSet, pop, pull, pullAll, push } from "./array-operators.ts";
import type { Change } from "./update.ts";

/**
 * The change that an operator makes with its operand; `undefined` for an operator that MongoDB lacks too.
 *
 * @throws {CommandError} for an operand that the operator cannot take
 */
export function changeOf(operator: string, name: string, operand: unknown): Change | undefined {
  return operators.get(operator)?.(operand, name);
}

const operators = new Map<string, (operand: unknown, name: string) => Change>([
  ["$set", (operand) => always(supported(operand))],
  ["$unset", () => always(undefined)],
  ["$setOnInsert", setOnInsert],
  ["$inc", (operand, name) => arithmetic("$inc", name, operand, addNumbers)],
  ["$mul", (operand, name) => arithmetic("$mul", name, operand, multiplyNumbers)],
  ["$min", (operand) => extreme(supported(operand), -1)],
  ["$max", (operand) => extreme(supported(operand), 1)],
  ["$currentDate", currentDate],
  ["$push", push],
  ["$addToSet", addToSet],
  ["$pull", pull],
  ["$pullAll", pullAll],
  ["$pop", pop],
  ["$bit", () => never("$bit")],
]);

function always(value: unknown): Change {
  return () => value;
}

function setOnInsert(operand: unknown): Change {
  assertSupported(operand);
  return (old, { inserting }) => (inserting ? operand : old);
}

/** A missing field becomes the operand for `$inc` and 0 of its type for `$mul`. */
function arithmetic(operator: string, name: string, operand: unknown, combine: typeof addNumbers): Change {
  if (numberOf(operand) === undefined) {
    throw new CommandError("TypeMismatch", `Cannot ${operator} with non-numeric argument: ${name}`);
  }
  return (old) => {
    if (old === undefined) return operator === "$inc" ? operand : multiplyNumbers(operand, 0);
    if (numberOf(old) !== undefined) return combine(old, operand);
    throw new CommandError(
      "TypeMismatch",
      `Cannot apply ${operator} to a value of non-numeric type: ${name}`,
    );
  };
}

function extreme(operand: unknown, sign: 1 | -1): Change {
  return (old) => (old === undefined || compareValues(operand, old) * sign > 0 ? operand : old);
}

function currentDate(operand: unknown): Change {
  const isDate = typeof operand === "boolean" || (isDocument(operand) && operand.$type === "date");
  if (!isDate) throw notImplemented("$currentDate with anything but true or {$type: 'date'}");
  return (_old, { now }) => now;
}

function supported(operand: unknown): unknown {
  assertSupported(operand);
  return operand;
}

function never(operator: string): Change {
  throw notImplemented(`the update operator ${operator}`);
}
