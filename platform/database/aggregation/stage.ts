import { Int32 } from "bson";
import { CommandError, notImplemented } from "../errors.ts";
import { sortKey } from "../query/document-keys.ts";
import { countLazily, filterLazily, mapLazily, sliceLazily } from "../planner/lazy.ts";
import { matches } from "../query/matches.ts";
import { parseFilter } from "../query/parse-filter.ts";
import { parseSort } from "../query/parse-sort.ts";
import { parseProjection } from "../query/projection.ts";
import type { Document } from "../values/document.ts";
import { isDocument } from "../values/document.ts";
import { parsePath } from "../values/field-path.ts";
import { numberOf } from "../values/numbers.ts";
import { parseGroup } from "./group.ts";

/** One step of a pipeline. */
export type Stage = (documents: Iterable<Document>) => Iterable<Document>;

/**
 * Parses one stage of a pipeline: `{<name>: <operand>}`.
 *
 * @throws {CommandError} `Location40324` for a stage that is not on the list, `NotImplemented` for `$out` and `$merge`,
 * `Location40573` for `$changeStream`
 */
export function parseStage(stage: Document): Stage {
  const [name, ...others] = Object.keys(stage);
  if (name === undefined || others.length > 0) {
    throw new CommandError(
      "Location40323",
      "A pipeline stage specification object must contain exactly one field.",
    );
  }
  const parse = stages.get(name);
  if (!parse) throw unknownStage(name);
  return parse(stage[name]);
}

const stages = new Map<string, (operand: unknown) => Stage>([
  ["$match", parseMatch],
  ["$sort", parseSortStage],
  ["$skip", (operand) => skip(wholeNumber("$skip", operand, 0))],
  ["$limit", (operand) => limit(wholeNumber("$limit", operand, 1))],
  ["$project", parseProject],
  ["$group", parseGroup],
  ["$count", parseCount],
]);

function parseMatch(operand: unknown): Stage {
  const filter = parseFilter(documentOf("$match", operand));
  return (documents) => filterLazily(documents, (document) => matches(document, filter));
}

function parseSortStage(operand: unknown): Stage {
  const sort = parseSort(documentOf("$sort", operand));
  if (sort.length === 0) throw new CommandError("BadValue", "$sort stage must have at least one sort key");
  return (documents) =>
    Array.from(documents, (document) => ({ document, key: sortKey(document, sort) }))
      .sort((left, right) => Buffer.compare(left.key, right.key))
      .map(({ document }) => document);
}

function parseProject(operand: unknown): Stage {
  const projection = parseProjection(documentOf("$project", operand));
  if (!projection) throw new CommandError("BadValue", "$project specification must have at least one field");
  return (documents) => mapLazily(documents, projection);
}

function parseCount(operand: unknown): Stage {
  if (typeof operand !== "string" || parsePath(operand).length !== 1) {
    throw new CommandError("BadValue", "the count field must be a string without '.' and '$'");
  }
  return function* (documents) {
    const n = countLazily(documents);
    if (n > 0) yield { [operand]: new Int32(n) };
  };
}

function skip(number: number): Stage {
  return (documents) => sliceLazily(documents, number, Infinity);
}

function limit(number: number): Stage {
  return (documents) => sliceLazily(documents, 0, number);
}

function wholeNumber(stage: string, operand: unknown, least: number): number {
  const number = numberOf(operand);
  if (number !== undefined && Number.isSafeInteger(number) && number >= least) return number;
  throw new CommandError(
    "BadValue",
    `invalid argument to ${stage} stage: expected a whole number from ${least} on`,
  );
}

function documentOf(stage: string, operand: unknown): Document {
  if (isDocument(operand)) return operand;
  throw new CommandError("BadValue", `the ${stage} specification must be an object`);
}

function unknownStage(name: string): CommandError {
  if (name === "$changeStream") {
    return new CommandError("Location40573", "The $changeStream stage is only supported on replica sets");
  }
  if (name === "$out" || name === "$merge") return notImplemented(`the stage ${name}`);
  return new CommandError("Location40324", `Unrecognized or unsupported pipeline stage name: '${name}'`);
}
