import { describe, expect, it } from "@jest/globals";
import { fillSecrets } from "./fill-secrets.ts";

/** @param fill how the vault looks after each rotation that is asked for */
async function filling(
  values: Record<string, string>,
  fill: (name: string, round: number) => string | undefined,
  { ofFunctions = [], code = 0 }: { readonly ofFunctions?: readonly string[]; readonly code?: number } = {},
) {
  const vault = new Map(Object.entries(values));
  const rotated: string[][] = [];
  const waited: number[] = [];
  const outcome = await fillSecrets({
    secrets: ["a-host-key", "a-mongodb-uri", "b-hash-key"],
    ofFunctions,
    vault: {
      secret: (name) => {
        const value = vault.get(name);
        return Promise.resolve(
          value === undefined ? undefined : { value, tags: {}, version: "1", created: 0 },
        );
      },
    },
    rotate: (names) => {
      rotated.push([...names]);
      for (const name of names) vault.set(name, fill(name, rotated.length) ?? vault.get(name) ?? "");
      return Promise.resolve(code);
    },
    wait: (milliseconds) => Promise.resolve(void waited.push(milliseconds)),
    say: () => undefined,
  }).catch((error: unknown) => error);
  return { rotated, waited, outcome };
}

const UNSET = "set-by-rotate-keys";

describe("fillSecrets", () => {
  it("leaves secrets alone that have a value", async () => {
    const all = { "a-host-key": "x", "a-mongodb-uri": "y", "b-hash-key": "z" };
    expect(await filling(all, () => "new")).toMatchObject({ rotated: [], outcome: undefined });
  });

  it("rotates keys of functions, because one that is new has none, unless they have just been made", async () => {
    const all = { "a-host-key": "x", "a-mongodb-uri": "y", "b-hash-key": "z" };
    const ofFunctions = ["a-host-key"];
    expect(await filling(all, () => "new", { ofFunctions })).toMatchObject({ rotated: [["a-host-key"]] });
    const unset = { ...all, "a-host-key": UNSET };
    expect(await filling(unset, () => "new", { ofFunctions })).toMatchObject({ rotated: [["a-host-key"]] });
    const { outcome } = await filling(all, () => "new", { ofFunctions, code: 1 });
    expect(String(outcome)).toContain("a-host-key could not be rotated");
  });

  it("fills those that have none, and no others", async () => {
    const some = { "a-host-key": UNSET, "a-mongodb-uri": "y", "b-hash-key": UNSET };
    const { rotated } = await filling(some, () => "new");
    expect(rotated).toEqual([["a-host-key", "b-hash-key"]]);
  });

  it("tries again what could not be filled before another secret was read", async () => {
    const none = { "a-host-key": UNSET, "a-mongodb-uri": UNSET, "b-hash-key": UNSET };
    const { rotated, waited, outcome } = await filling(none, (name, round) =>
      name === "a-host-key" && round < 2 ? undefined : "new",
    );
    expect(rotated).toEqual([["a-host-key", "a-mongodb-uri", "b-hash-key"], ["a-host-key"]]);
    expect([waited, outcome]).toEqual([[35_000], undefined]);
  });

  it("names what has no value after three rounds", async () => {
    const { rotated, outcome } = await filling(
      { "a-host-key": UNSET, "a-mongodb-uri": "y", "b-hash-key": "z" },
      () => undefined,
    );
    expect(rotated).toHaveLength(3);
    expect(outcome).toEqual(new Error("these secrets still have no value: a-host-key"));
  });
});
