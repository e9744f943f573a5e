import { canonicalText } from "./canonical.ts";
import type { Checkpoint, StreamHead } from "./checkpoint.ts";
import { sha256, type Digest } from "./hash.ts";
import { knownCheckpoint, type KnownCheckpoint } from "./ledger-verifier-known.ts";

/** What a checkpoint has seen of a stream at one batch. */
interface Sight {
  readonly digest: Digest;
  /** The first checkpoint that has seen it so. */
  readonly sequence: number;
}

/** Checkpoints that were saved before: what each has seen of each stream. Streams that stood still take no room. */
export class SavedCheckpoints {
  readonly #sights = new Map<string, Map<number, Sight[]>>();
  readonly #furthest = new Map<string, { readonly seq: number; readonly sequence: number }>();
  readonly known: readonly KnownCheckpoint[];

  /** @param saved is gone through once, and may be longer than what fits into memory */
  constructor(saved: Iterable<Checkpoint>) {
    const known: KnownCheckpoint[] = [];
    const first = new Map<string, KnownCheckpoint>();
    for (const checkpoint of saved) {
      const one = knownCheckpoint(checkpoint);
      const same = first.get(`${one.ledger} ${one.keyId}`);
      // What millions of them share is in memory once.
      known.push(same ? { ...one, ledger: same.ledger, keyId: same.keyId, key: same.key } : one);
      if (!same) first.set(`${one.ledger} ${one.keyId}`, one);
      for (const head of checkpoint.streams) this.#add(head, checkpoint.sequence);
    }
    this.known = known;
  }

  /** The last batch of each stream that was seen, and by which checkpoint. */
  get furthest(): ReadonlyMap<string, { readonly seq: number; readonly sequence: number }> {
    return this.#furthest;
  }

  /**
   * Holds where a stream stands against what was seen of it there.
   * @returns the checkpoint that has seen something else; `undefined` when none was at this batch, `true` when all agree
   */
  compare(stream: string, seq: number, headOf: () => StreamHead): number | true | undefined {
    const sights = this.#sights.get(stream)?.get(seq);
    if (!sights) return undefined;
    const digest = digestOf(headOf());
    return sights.find((one) => one.digest !== digest)?.sequence ?? true;
  }

  #add(head: StreamHead, sequence: number): void {
    const { stream, seq } = head;
    const ofStream = this.#sights.get(stream) ?? new Map<number, Sight[]>();
    this.#sights.set(stream, ofStream);
    const sights = ofStream.get(seq) ?? [];
    ofStream.set(seq, sights);
    const digest = digestOf(head);
    if (!sights.some((one) => one.digest === digest)) sights.push({ digest, sequence });
    if (seq > (this.#furthest.get(stream)?.seq ?? -1)) this.#furthest.set(stream, { seq, sequence });
  }
}

function digestOf({ stream, epoch, seq, size, root, hash }: StreamHead): Digest {
  return sha256(canonicalText({ stream, epoch, seq, size, root, hash }));
}
