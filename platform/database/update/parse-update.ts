import { CommandError, notImplemented } from "../errors.ts";
import { assertSupported } from "../values/assert-supported.ts";
import { isDocument } from "../values/document.ts";
import type { Document } from "../values/document.ts";
import type { FieldPath } from "../values/field-path.ts";
import { isArrayIndex, parsePath } from "../values/field-path.ts";
import { changeOf } from "./operators.ts";
import { renameChanges } from "./rename.ts";
import type { FieldChange, Update } from "./update.ts";

/**
 * Parses the `u` of an update or the `update` of a findAndModify.
 *
 * @throws {CommandError} `FailedToParse` for an unknown operator, `ConflictingUpdateOperators` when two changes
 * meet in one path, `NotImplemented` for pipelines and positional operators
 */
export function parseUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw notImplemented("updates by an aggregation pipeline");
  if (!isDocument(update)) throw new CommandError("FailedToParse", "An update must be a document");
  if (Object.keys(update)[0]?.startsWith("$")) return { kind: "changes", changes: parseChanges(update) };
  assertSupported(update);
  return { kind: "replacement", document: update };
}

function parseChanges(update: Document): FieldChange[] {
  const changes = Object.entries(update).flatMap(([operator, fields]) => parseOperator(operator, fields));
  changes.sort((left, right) => comparePaths(left.path, right.path));
  assertNoConflict(changes);
  return changes;
}

function parseOperator(operator: string, fields: unknown): FieldChange[] {
  if (!operator.startsWith("$")) throw unknownModifier(operator);
  if (!isDocument(fields)) {
    throw new CommandError(
      "FailedToParse",
      `Modifiers operate on fields but the operand of ${operator} is no document`,
    );
  }
  return Object.entries(fields).flatMap(([name, operand]) => {
    if (/(^|\.)\$/.test(name))
      throw notImplemented("positional operators and dollar-prefixed fields in updates");
    const path = parsePath(name);
    if (operator === "$rename") return renameChanges(path, operand);
    const change = changeOf(operator, name, operand);
    if (!change) throw unknownModifier(operator);
    return [{ path, change }];
  });
}

/** Parts that are numbers compare as numbers. */
function comparePaths(left: FieldPath, right: FieldPath): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (isArrayIndex(part) && isArrayIndex(other)) return Number(part) - Number(other);
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** Changes are sorted, so a path comes right before those that it contains. */
function assertNoConflict(changes: readonly FieldChange[]): void {
  for (const [index, { path }] of changes.entries()) {
    const next = changes[index + 1]?.path;
    if (next && path.every((part, depth) => part === next[depth])) {
      const name = next.join(".");
      throw new CommandError(
        "ConflictingUpdateOperators",
        `Updating the path '${name}' would create a conflict at '${path.join(".")}'`,
      );
    }
  }
}

function unknownModifier(operator: string): CommandError {
  return new CommandError("FailedToParse", `Unknown modifier: ${operator}. Expected a valid update modifier`);
}
