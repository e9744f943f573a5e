import { canonicalText } from "./canonical.ts";
import { checkpointHash, isSignedBy, keyIdOf, type Checkpoint, type PublicKey } from "./checkpoint.ts";
import { sha256, type Digest } from "./hash.ts";
import type { LedgerFault } from "./ledger-verifier-fault.ts";

/** What is remembered of a checkpoint to hold others against it: little, since a second place holds millions of them. */
export interface KnownCheckpoint {
  readonly sequence: number;
  readonly ledger: string;
  /** Of all of it, its signatures included. */
  readonly digest: Digest;
  readonly hash: Digest;
  readonly previous: Digest | null;
  readonly keyId: string;
  readonly key: PublicKey;
  /** Whether the key that it names has signed it. */
  readonly isOwn: boolean;
  /** All of it, when it bears other signatures than that one. */
  readonly endorsed?: Checkpoint;
}

/** @throws {Error} for a text that is not well-formed Unicode, which has no canonical form */
export function knownCheckpoint(checkpoint: Checkpoint): KnownCheckpoint {
  const { sequence, ledger, previous, key, signatures } = checkpoint;
  return {
    sequence,
    ledger,
    digest: sha256(canonicalText(checkpoint)),
    hash: checkpointHash(checkpoint),
    previous,
    keyId: keyIdOf(key),
    key,
    isOwn: isSignedBy(checkpoint, key),
    ...(signatures.length !== 1 && { endorsed: checkpoint }),
  };
}

/**
 * What is wrong with checkpoints that are known of one ledger, in whatever order: each must be signed by its own key and by
 * that of the one before, so that trust in one is trust in all that follow.
 * @param pinned the keys that are trusted; `null` trusts the key of the first
 */
export function faultOfCheckpoints(
  known: readonly KnownCheckpoint[],
  pinned: readonly PublicKey[] | null,
): LedgerFault | undefined {
  const keys = new Map(pinned?.map((key) => [keyIdOf(key), key]));
  let isTrusted = pinned === null;
  let before: KnownCheckpoint | undefined;
  for (const one of [...known].sort((a, b) => a.sequence - b.sequence)) {
    const fault = faultAfter(before, one);
    if (fault) return fault;
    // The same again: in the export, and saved.
    if (before?.sequence === one.sequence) continue;
    const flaw = faultOfSignatures(before, one, keys);
    if (flaw) return flaw;
    isTrusted ||= keys.has(one.keyId) || otherSigners(one).some((keyId) => keys.has(keyId));
    before = one;
  }
  if (isTrusted || !before) return undefined;
  return { kind: "key", message: `checkpoint ${before.sequence} is not signed by a trusted key` };
}

/** What is wrong with the checkpoints that an export holds: those that changed the key, all of them, and its last one. */
export function faultOfExported(
  exported: readonly KnownCheckpoint[],
  saved: readonly KnownCheckpoint[],
): LedgerFault | undefined {
  const last = exported.at(-1)?.sequence ?? -1;
  const idle = exported.slice(0, -1).find(({ endorsed }) => !endorsed);
  if (idle) return { kind: "checkpoint", message: `checkpoint ${idle.sequence} does not change the key` };
  const sequences = new Set(exported.map(({ sequence }) => sequence));
  const lost = saved.find(
    ({ endorsed, sequence }) => endorsed && sequence < last && !sequences.has(sequence),
  );
  if (!lost) return undefined;
  return { kind: "checkpoint", message: `checkpoint ${lost.sequence}, which changed the key, is missing` };
}

function faultAfter(before: KnownCheckpoint | undefined, one: KnownCheckpoint): LedgerFault | undefined {
  const { sequence } = one;
  if (before?.sequence === sequence && before.digest !== one.digest)
    return { kind: "history", message: `there are two checkpoints ${sequence}` };
  if (before?.sequence === sequence - 1 && before.hash !== one.previous)
    return {
      kind: "history",
      message: `checkpoint ${sequence} does not follow the checkpoint ${sequence - 1} that is known`,
    };
  if ((one.previous === null) !== (sequence === 0))
    return { kind: "checkpoint", message: `checkpoint ${sequence} does not say what it follows` };
  return undefined;
}

function faultOfSignatures(
  before: KnownCheckpoint | undefined,
  one: KnownCheckpoint,
  pinned: ReadonlyMap<string, PublicKey>,
): LedgerFault | undefined {
  const name = `checkpoint ${one.sequence}`;
  if (!one.isOwn) return { kind: "key", message: `${name} is not signed by the key that it names` };
  const [endorser, ...more] = otherSigners(one);
  // Of the first that is known nobody can say which key came before, unless that is pinned.
  const isNewKey = before ? before.keyId !== one.keyId : endorser !== undefined;
  const keyBefore = before?.key ?? pinned.get(endorser ?? "");
  if (isNewKey && keyBefore && !(one.endorsed && isSignedBy(one.endorsed, keyBefore)))
    return { kind: "key", message: `${name} changes the key, and is not signed by the key before` };
  if (more.length > 0 || endorser === one.keyId || (endorser !== undefined && !isNewKey))
    return { kind: "key", message: `${name} bears a signature too many` };
  return undefined;
}

function otherSigners({ endorsed, keyId }: KnownCheckpoint): string[] {
  const keyIds = endorsed?.signatures.map((one) => one.keyId) ?? [];
  return keyIds.toSpliced(keyIds.indexOf(keyId), 1);
}
