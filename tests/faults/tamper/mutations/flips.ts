import type { Random } from "../random.ts";
import { anyBatch, type Mutation } from "./mutation.ts";

/** What of a batch is exported, without its entries. */
const HEADER = ["stream", "epoch", "seq", "firstIndex", "size", "root", "previous", "next"] as const;

/** Bits that flip, in every member that is exported. */
export const FLIPS: readonly Mutation[] = [
  {
    kind: "flip: entry",
    owns: "database",
    apply: (attack) => {
      const { entries } = anyBatch(attack);
      const changed = [...entries];
      const place = attack.random.below(changed.length);
      changed[place] = flippedText(attack.random, changed[place] ?? "");
      return replace(entries, changed);
    },
  },
  ...HEADER.map((member): Mutation => ({
    kind: `flip: batch ${member}`,
    owns: "database",
    apply: (attack) => {
      const having = attack.snapshot.batches.filter((one) => one[member] !== undefined);
      const batch = attack.random.pick(having);
      Object.assign(batch, { [member]: flipped(attack.random, batch[member]) });
      return true;
    },
  })),
  {
    kind: "flip: checkpoint",
    owns: "database",
    apply: ({ random, snapshot }) => {
      const exported = snapshot.checkpoints.filter(
        ({ rotation }, index, all) => rotation || index === all.length - 1,
      );
      const { checkpoint } = random.pick(exported);
      const { holder, name } = random.pick(leavesOf({ checkpoint }));
      holder[name] = flipped(random, holder[name]);
      return true;
    },
  },
  {
    kind: "flip: ledger id",
    owns: "database",
    apply: ({ random, snapshot }) => {
      for (const one of snapshot.ledger)
        if (one.ledger !== undefined) one.ledger = flippedText(random, one.ledger);
      return true;
    },
  },
];

/** A value of the same kind that is another one; sometimes one that no register would write. */
function flipped(random: Random, value: unknown): unknown {
  if (typeof value === "number") {
    const near = [value ^ (2 ** random.below(21)), value + 1, value - 1];
    return random.chance(0.9)
      ? random.pick(near)
      : random.pick([-value - 1, value + 0.5, 2 ** 53, 1e300, String(value)]);
  }
  if (typeof value === "string") return flippedText(random, value);
  return random.pick([0, "", true]);
}

/** One bit of one character, so that it stays ASCII, or another digit in the place of one. */
function flippedText(random: Random, text: string): string {
  if (text === "") return "0";
  const place = random.below(text.length);
  const old = text.charCodeAt(place);
  const digit = random.below(16).toString(16);
  const isDigit = /[0-9a-f]/.test(text.charAt(place)) && digit !== text.charAt(place) && random.chance(0.5);
  const character = isDigit ? digit : String.fromCharCode(old ^ (1 << random.below(7)));
  return text.slice(0, place) + character + text.slice(place + 1);
}

interface Leaf {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

function leavesOf(holder: object): Leaf[] {
  return Object.entries(holder).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "object" && value !== null
      ? leavesOf(value)
      : [{ holder: holder as Record<string, unknown>, name }],
  );
}

function replace(list: readonly string[], items: readonly string[]): boolean {
  (list as string[]).splice(0, list.length, ...items);
  return true;
}
