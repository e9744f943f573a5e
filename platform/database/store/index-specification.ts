import { CommandError, notImplemented } from "../errors.ts";
import { parseSort } from "../query/parse-sort.ts";
import type { KeyField } from "../query/parse-sort.ts";
import type { Document } from "../values/document.ts";
import { isDocument } from "../values/document.ts";
import { isArrayIndex } from "../values/field-path.ts";
import { numberOf } from "../values/numbers.ts";

/** What the client asks of an index. */
export interface IndexSpecification {
  readonly name: string;
  readonly key: Document;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
  readonly expireAfterSeconds: number | undefined;
}

const knownOptions = new Set(["key", "name", "unique", "expireAfterSeconds", "v", "ns", "background"]);

/**
 * Parses one entry of createIndexes.
 *
 * @throws {CommandError} `CannotCreateIndex` for keys that are not ascending or descending fields (text, 2dsphere,
 * hashed, wildcard), `NotImplemented` for `sparse`, `partialFilterExpression`, `collation` and every other option
 */
export function parseIndexSpecification(specification: Document): IndexSpecification {
  const { key, name } = specification;
  for (const [option, value] of Object.entries(specification)) {
    if (!knownOptions.has(option) && value !== false) throw notImplemented(`the index option ${option}`);
  }
  if (!isDocument(key)) throw new CommandError("CannotCreateIndex", "An index needs a document as its key");
  if (typeof name !== "string" || name === "")
    throw new CommandError("CannotCreateIndex", "An index needs a name");
  const fields = parseKey(key);
  return {
    name,
    key,
    fields,
    unique: isUnique(specification) || name === "_id_",
    expireAfterSeconds: expiry(specification, fields),
  };
}

function isUnique({ unique = false }: Document): boolean {
  if (typeof unique === "boolean") return unique;
  throw new CommandError("TypeMismatch", "The field 'unique' has to be a boolean");
}

function parseKey(key: Document): readonly KeyField[] {
  const names = Object.keys(key);
  if (names.length === 0) throw new CommandError("CannotCreateIndex", "Index keys cannot be an empty object");
  for (const name of names) {
    if (Math.abs(numberOf(key[name]) ?? 0) !== 1 || name.includes("$")) {
      throw new CommandError(
        "CannotCreateIndex",
        `The embedded development database indexes fields by 1 or -1 alone, not '${name}'`,
      );
    }
    if (name.split(".").some(isArrayIndex))
      throw notImplemented(`the index of an array's position ('${name}')`);
  }
  return parseSort(key);
}

function expiry({ expireAfterSeconds }: Document, fields: readonly KeyField[]): number | undefined {
  if (expireAfterSeconds === undefined) return undefined;
  const seconds = numberOf(expireAfterSeconds);
  if (
    seconds !== undefined &&
    seconds >= 0 &&
    seconds <= 2147483647 &&
    fields.length === 1 &&
    fields[0]?.name !== "_id"
  ) {
    return seconds;
  }
  throw new CommandError(
    "CannotCreateIndex",
    "TTL indexes have one field, not _id, and expireAfterSeconds from 0 to 2147483647",
  );
}
