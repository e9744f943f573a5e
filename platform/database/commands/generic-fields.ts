import { CommandError } from "../errors.ts";
import type { Document } from "../values/document.ts";
import { fieldOf } from "../values/document.ts";
import { readDocument } from "./read-field.ts";

/** The fields that every command takes. Writes are always durable, reads always see what was committed. */
export const genericFields: readonly string[] = [
  ...[
    "$db",
    "lsid",
    "txnNumber",
    "$readPreference",
    "$clusterTime",
    "readConcern",
    "writeConcern",
    "maxTimeMS",
  ],
  ...["comment", "apiVersion", "apiStrict", "apiDeprecationErrors", "autocommit", "startTransaction"],
];

const readConcerns = new Set(["local", "available", "majority", "linearizable"]);

/**
 * Refuses what no command can honour.
 *
 * @throws {CommandError} `OperationNotSupportedInTransaction` in a transaction (the driver rewrites code 20 into
 * advice that misleads), `InvalidOptions` for the read concern `snapshot`
 */
export function assertGenericFields(body: Document): void {
  if (fieldOf(body, "autocommit") !== undefined || fieldOf(body, "startTransaction") !== undefined) {
    throw new CommandError(
      "OperationNotSupportedInTransaction",
      "The embedded development database has no transactions",
    );
  }
  const { level = "local" } = readDocument(body, "readConcern");
  if (typeof level === "string" && readConcerns.has(level)) return;
  throw new CommandError("InvalidOptions", "The embedded development database has no such read concern");
}
