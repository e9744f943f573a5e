import { canonicalText } from "../../../runtime/ledger/canonical.ts";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { parseExportLine } from "../../../runtime/ledger/export-line.ts";
import { readJson } from "./read-json.ts";
import { messageOf, UnjudgedError } from "./unjudged-error.ts";

/**
 * Reads a checkpoint as it was saved or published; the last line of an export will do as well.
 * @throws {UnjudgedError} naming the file
 */
export function readCheckpoint(file: string): Checkpoint {
  try {
    const value: unknown = readJson(file);
    const line = parseExportLine(JSON.stringify({ type: "checkpoint", ...Object(value) }));
    if (line.type !== "checkpoint") throw new SyntaxError(`a ${line.type}`);
    const { type: _, ...checkpoint } = line;
    // What has no canonical form has no hash.
    canonicalText(checkpoint);
    return checkpoint;
  } catch (error) {
    throw new UnjudgedError(`${file}: no checkpoint: ${messageOf(error)}`, { cause: error });
  }
}
