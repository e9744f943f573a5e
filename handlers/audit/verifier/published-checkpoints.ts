import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { messageOf, UnjudgedError } from "./unjudged-error.ts";

/** The second place's checkpoints, read one at a time. */
export interface PublishedCheckpoints {
  /** The sequences, the lowest first. */
  readonly sequences: readonly number[];
  /** @throws {UnjudgedError} while it is gone through, for a file that is no checkpoint, or another than its name says */
  readonly checkpoints: Iterable<Checkpoint>;
}

const NAME = /^\d{12}\.json$/;

/** Lists a folder of checkpoints, `<12 digits>.json` each. @throws {UnjudgedError} when there is none in it */
export function publishedCheckpoints(directory: string): PublishedCheckpoints {
  const names = listNames(directory);
  if (names.length === 0) throw new UnjudgedError(`${directory}: there is no checkpoint in it`);
  return {
    sequences: names.map((name) => Number.parseInt(name, 10)),
    checkpoints: { [Symbol.iterator]: () => readEach(directory, names) },
  };
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => NAME.test(name))
      .sort();
  } catch (error) {
    throw new UnjudgedError(messageOf(error), { cause: error });
  }
}

function* readEach(directory: string, names: readonly string[]): Generator<Checkpoint, undefined> {
  for (const name of names) {
    const file = join(directory, name);
    const checkpoint = readCheckpoint(file);
    if (checkpoint.sequence !== Number.parseInt(name, 10))
      throw new UnjudgedError(`${file}: it holds checkpoint ${checkpoint.sequence}`);
    yield checkpoint;
  }
}
