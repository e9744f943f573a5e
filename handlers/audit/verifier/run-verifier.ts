import type { Checkpoint } from "../../../runtime/ledger/checkpoint.ts";
import { LedgerVerifier } from "../../../runtime/ledger/ledger-verifier.ts";
import { describeFault, describeVerified, type Grounds } from "./describe-verdict.ts";
import { openSource, type SourceSurroundings } from "./open-source.ts";
import { progress } from "./progress.ts";
import { publishedCheckpoints } from "./published-checkpoints.ts";
import { readCheckpoint } from "./read-checkpoint.ts";
import { readKeys } from "./read-keys.ts";
import { readOptions, USAGE, type CommandOptions } from "./read-options.ts";
import { saveCheckpoint } from "./save-checkpoint.ts";
import { messageOf, UsageError } from "./unjudged-error.ts";
import { verifyExport } from "./verify-export.ts";

export interface CommandSurroundings extends SourceSurroundings {
  /** The result. */
  readonly print: (text: string) => void;
  /** Progress, and why nothing can be said. */
  readonly warn: (text: string) => void;
  /** Milliseconds on a clock that only goes forward. */
  readonly elapsed: () => number;
}

const VERIFIED = 0;
const TAMPERED = 1;
const UNJUDGED = 2;

/** `npm run audit:verify`. Gives the exit code: 0 verified, 1 tampering found, 2 nothing can be said. */
export async function runVerifier(
  args: readonly string[],
  surroundings: CommandSurroundings,
): Promise<number> {
  try {
    return await judge(readOptions(args), surroundings);
  } catch (error) {
    surroundings.warn(error instanceof UsageError ? `${messageOf(error)}\n${USAGE}` : messageOf(error));
    return UNJUDGED;
  }
}

async function judge(options: CommandOptions, surroundings: CommandSurroundings): Promise<number> {
  const { print, warn, elapsed } = surroundings;
  const { verifier, grounds } = prepare(options);
  const start = elapsed();
  const source = await openSource(options.source, surroundings);
  const onLine = progress({ records: () => verifier.records, print: warn, elapsed });
  const verdict = await verifyExport({ source, verifier, onLine });
  if (verdict.kind === "fault") {
    const where =
      verdict.line === undefined ? `${source.name}, at its end` : `${source.name}:${verdict.line}`;
    print(describeFault(verdict.fault, where));
    return TAMPERED;
  }
  if (options.save !== undefined) saveCheckpoint(options.save, verdict.verified.checkpoint);
  print(describeVerified(verdict.verified, grounds, (elapsed() - start) / 1_000));
  return VERIFIED;
}

/** Before anything is downloaded: what is published meanwhile is later than the export. */
function prepare(options: CommandOptions): { verifier: LedgerVerifier; grounds: Grounds } {
  const given = options.keys.flatMap(readKeys);
  const saved = options.checkpoints.map(readCheckpoint);
  const published = options.published === undefined ? undefined : publishedCheckpoints(options.published);
  const keys = given.length > 0 ? given : saved.map(({ key }) => key);
  const verifier = new LedgerVerifier({
    keys,
    saved: joined(saved, published?.checkpoints ?? []),
    trustsFirstKey: keys.length === 0,
  });
  const trust = given.length > 0 ? "keys" : saved.length > 0 ? "saved" : "first use";
  return { verifier, grounds: { saved: saved.length, published: published?.sequences ?? [], trust } };
}

function* joined(...parts: readonly Iterable<Checkpoint>[]): Generator<Checkpoint> {
  for (const part of parts) yield* part;
}
