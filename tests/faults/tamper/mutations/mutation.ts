import type { Checkpoint } from "../../../../runtime/ledger/checkpoint.ts";
import type { TestSigner } from "../../../integration/ledger/ledger-fixture.ts";
import type { Random } from "../random.ts";
import type { BatchDocument, Snapshot } from "../snapshot.ts";

/** One attack on one ledger. */
export interface Attack {
  readonly random: Random;
  /** The documents, to be changed. */
  readonly snapshot: Snapshot;
  /** The register's keys. Only who owns its process or its vault can use them. */
  readonly signer: TestSigner;
  /** What the auditor saved before. The attacker may know of it, and cannot change it. */
  readonly saved: Checkpoint;
}

/** A way to tamper. */
export interface Mutation {
  readonly kind: string;
  /** What the attacker owns: the database's documents, or the keys as well. */
  readonly owns: "database" | "keys";
  /**
   * Changes the documents.
   * @returns false when it cannot be done here, or could not be told from what a register may do after the checkpoint that the
   * auditor saved: nobody can find that, and nothing of what the auditor has seen is changed
   */
  readonly apply: (attack: Attack) => boolean | Promise<boolean>;
}

/** Any batch. */
export function anyBatch({ random, snapshot }: Attack): BatchDocument {
  return random.pick(snapshot.batches);
}

/** A batch that the saved checkpoint has seen; `undefined` when it has seen none. */
export function seenBatch({ random, snapshot, saved }: Attack): BatchDocument | undefined {
  const seen = snapshot.batches.filter(({ stream, seq }) =>
    saved.streams.some((head) => head.stream === stream && seq <= head.seq),
  );
  return seen.length === 0 ? undefined : random.pick(seen);
}
