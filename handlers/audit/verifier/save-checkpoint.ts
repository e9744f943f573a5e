import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { canonicalText } from "../../../runtime/ledger/canonical.ts";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { messageOf, UnjudgedError } from "./unjudged-error.ts";

/**
 * Saves a checkpoint for the next time, in the form that it is published in: whole, or not at all.
 * @throws {UnjudgedError} when it cannot be written, or would replace a later one or that of another ledger, with which more
 * can be found than with this one
 */
export function saveCheckpoint(file: string, checkpoint: Checkpoint): void {
  if (existsSync(file)) expectOlder(file, checkpoint);
  const temporary = `${file}.${randomUUID()}`;
  try {
    const descriptor = openSync(temporary, "wx");
    try {
      writeSync(descriptor, `${canonicalText(checkpoint)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UnjudgedError(`the checkpoint cannot be saved: ${messageOf(error)}`, { cause: error });
  }
}

function expectOlder(file: string, { sequence, ledger }: Checkpoint): void {
  const there = readCheckpoint(file);
  if (there.ledger !== ledger) throw new UnjudgedError(`${file}: it holds a checkpoint of another ledger`);
  if (there.sequence > sequence)
    throw new UnjudgedError(
      `${file}: it holds checkpoint ${there.sequence}, which is later than ${sequence}`,
    );
}
