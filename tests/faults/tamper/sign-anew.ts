import {
  checkpointHash,
  keyIdOf,
  type Checkpoint,
  type PublicKey,
} from "../../../runtime/ledger/checkpoint.ts";
import type { TestSigner } from "../../integration/ledger/ledger-fixture.ts";
import { streamOf } from "./rewrite-stream.ts";
import type { CheckpointDocument, Snapshot } from "./snapshot.ts";

/**
 * Signs all checkpoints anew, with the keys that had signed them, over the batches that are there now: what an attacker can
 * do who owns the register's process, or its vault.
 */
export async function signAllAnew(snapshot: Snapshot, signer: TestSigner): Promise<void> {
  let before: CheckpointDocument | undefined;
  for (const document of snapshot.checkpoints) {
    const { checkpoint } = document;
    checkpoint.streams = checkpoint.streams.flatMap((head) => {
      const batch = streamOf(snapshot, head.stream).findLast(({ seq }) => seq <= head.seq);
      if (!batch) return [];
      const { stream, epoch, seq, size, root, hash } = batch;
      return [{ stream, epoch, seq, size, root, hash }];
    });
    checkpoint.sequence = document._id;
    checkpoint.previous = before ? checkpointHash(before.checkpoint) : null;
    await signAnew(document, before, signer);
    before = document;
  }
}

/** Signs one checkpoint anew as it is, and its change of the key with the key before. */
export async function signAnew(
  document: CheckpointDocument,
  before: CheckpointDocument | undefined,
  signer: TestSigner,
): Promise<void> {
  const versions = [...(before ? [before.keyVersion] : []), document.keyVersion];
  const { checkpoint } = document;
  checkpoint.signatures = await signatures(checkpoint, [...new Set(versions)], signer);
}

async function signatures(checkpoint: Checkpoint, versions: readonly string[], signer: TestSigner) {
  const digest = Buffer.from(checkpointHash(checkpoint), "hex");
  return Promise.all(
    versions.map(async (version) => ({
      keyId: keyIdOf(keyOf(signer, version)),
      value: await signer.sign(version, digest),
    })),
  );
}

export function keyOf(signer: TestSigner, version: string): PublicKey {
  const key = signer.keys[Number(version)];
  if (!key) throw new Error(`there is no version ${version}`);
  return key;
}
