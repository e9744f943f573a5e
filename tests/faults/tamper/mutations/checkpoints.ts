import { checkpointHash, keyIdOf } from "../../../../runtime/ledger/checkpoint.ts";
import { testSigner } from "../../../integration/ledger/ledger-fixture.ts";
import { signAnew } from "../sign-anew.ts";
import type { CheckpointDocument } from "../snapshot.ts";
import type { Attack, Mutation } from "./mutation.ts";

/** Checkpoints that are gone, changed or signed by the attacker's own key, by somebody who has none of the register's. */
export const CHECKPOINTS: readonly Mutation[] = (
  [
    ["drop a change of the key", dropRotation],
    ["drop the last checkpoints", dropLast],
    ["drop a signature", dropSignature],
    ["add a signature", addSignature],
    ["swap signatures of two checkpoints", swapSignatures],
    ["swap two checkpoints", swapCheckpoints],
    ["key swap: the last checkpoint", (attack) => swapKey(attack, "last")],
    ["key swap: all checkpoints", (attack) => swapKey(attack, "all")],
    ["key swap: under the register's key id", (attack) => swapKey(attack, "disguised")],
    ["key swap: as a change of the key", (attack) => swapKey(attack, "rotation")],
  ] satisfies [string, Mutation["apply"]][]
).map(([kind, apply]) => ({ kind, owns: "database", apply }));

function rotationsOf({ snapshot }: Attack): CheckpointDocument[] {
  return snapshot.checkpoints.filter(({ rotation }) => rotation);
}

function lastOf({ snapshot }: Attack): CheckpointDocument {
  const last = snapshot.checkpoints.at(-1);
  if (!last) throw new Error("there is no checkpoint");
  return last;
}

function dropRotation(attack: Attack): boolean {
  const { snapshot, random } = attack;
  const gone = random.pick(rotationsOf(attack));
  snapshot.checkpoints = snapshot.checkpoints.filter((one) => one !== gone);
  return true;
}

/** What was not saved before was never seen by the auditor: only what goes further back can be found. */
function dropLast({ snapshot, random, saved }: Attack): boolean {
  const kept = random.below(saved.sequence);
  if (kept === 0) return false;
  snapshot.checkpoints = snapshot.checkpoints.slice(0, kept);
  return true;
}

function dropSignature(attack: Attack): boolean {
  const { checkpoint } = attack.random.pick([...rotationsOf(attack), lastOf(attack)]);
  const { signatures } = checkpoint;
  checkpoint.signatures = signatures.toSpliced(attack.random.below(signatures.length), 1);
  return true;
}

async function addSignature(attack: Attack): Promise<boolean> {
  const { checkpoint } = attack.random.pick([...rotationsOf(attack), lastOf(attack)]);
  const thief = testSigner();
  const { key } = await thief.current();
  const value = await thief.sign("0", Buffer.from(checkpointHash(checkpoint), "hex"));
  const [first] = checkpoint.signatures;
  if (!first) return false;
  const added = attack.random.chance(0.5) ? { keyId: keyIdOf(key), value } : first;
  checkpoint.signatures = attack.random.chance(0.5)
    ? [added, ...checkpoint.signatures]
    : [...checkpoint.signatures, added];
  return true;
}

function swapSignatures(attack: Attack): boolean {
  const one = attack.random.pick(rotationsOf(attack)).checkpoint;
  const other = lastOf(attack).checkpoint;
  [one.signatures, other.signatures] = [other.signatures, one.signatures];
  return true;
}

function swapCheckpoints(attack: Attack): boolean {
  const [one, other] = [
    attack.random.pick(rotationsOf(attack)),
    attack.random.pick(attack.snapshot.checkpoints),
  ];
  if (one === other) return false;
  // Then the register itself takes the older one for its last: an export of that moment, unless a later one was saved.
  const isRollback = other === lastOf(attack) && attack.saved.sequence <= one.checkpoint.sequence;
  if (isRollback || one === lastOf(attack)) return false;
  [one.checkpoint, other.checkpoint] = [other.checkpoint, one.checkpoint];
  return true;
}

async function swapKey(attack: Attack, manner: "last" | "all" | "disguised" | "rotation"): Promise<boolean> {
  const thief = testSigner();
  const { key } = await thief.current();
  let before: CheckpointDocument | undefined;
  for (const document of manner === "all" ? attack.snapshot.checkpoints : [lastOf(attack)]) {
    const { checkpoint } = document;
    const real = keyIdOf(checkpoint.key);
    checkpoint.key = key;
    if (before) checkpoint.previous = checkpointHash(before.checkpoint);
    await signAnew({ ...document, keyVersion: "0" }, undefined, thief);
    const [own] = checkpoint.signatures;
    if (!own) return false;
    if (manner === "disguised") checkpoint.signatures = [{ ...own, keyId: real }];
    if (manner === "rotation") checkpoint.signatures = [{ ...own, keyId: real }, own];
    before = document;
  }
  return true;
}
