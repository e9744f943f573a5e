import { describe, expect, it } from "@jest/globals";
import { AppendCall, type Waiting } from "./append-call.ts";
import { MAX_BYTES, MAX_ENTRIES, takeTurn } from "./take-turn.ts";

const waiting = (id: string, stream = "s00", text = "{}"): Waiting => ({
  entry: { id, stream, text },
  call: new AppendCall(1),
  span: undefined,
  since: 0,
  rounds: 0,
});
const many = (count: number, stream: string) =>
  Array.from({ length: count }, (_, index) => waiting(`${stream}-${index}`, stream));

describe("takeTurn", () => {
  it("takes one batch a stream, and leaves the rest in its order", () => {
    const all = [...many(MAX_ENTRIES + 2, "s00"), ...many(3, "s01")];
    const { turn, rest } = takeTurn(all);
    expect([...turn].map(([stream, taken]) => [stream, taken.length])).toEqual([
      ["s00", MAX_ENTRIES],
      ["s01", 3],
    ]);
    expect(rest.map(({ entry }) => entry.id)).toEqual(["s00-512", "s00-513"]);
  });

  it("counts bytes, not characters, and lets nothing overtake what did not fit", () => {
    const half = "é".repeat(MAX_BYTES / 4);
    const all = [waiting("a", "s00", half), waiting("b", "s00", `${half}.`), waiting("c", "s00")];
    const { turn, rest } = takeTurn(all);
    expect(turn.get("s00")?.map(({ entry }) => entry.id)).toEqual(["a"]);
    expect(rest.map(({ entry }) => entry.id)).toEqual(["b", "c"]);
  });

  it("gives a text that is larger than a batch one of its own", () => {
    const all = [waiting("a", "s00", "x".repeat(MAX_BYTES + 1)), waiting("b")];
    expect(
      takeTurn(all)
        .turn.get("s00")
        ?.map(({ entry }) => entry.id),
    ).toEqual(["a"]);
  });

  it("leaves a record behind that is in the turn already", () => {
    const { turn, rest } = takeTurn([waiting("a"), waiting("a"), waiting("b")]);
    expect(turn.get("s00")?.map(({ entry }) => entry.id)).toEqual(["a", "b"]);
    expect(rest).toHaveLength(1);
  });
});
