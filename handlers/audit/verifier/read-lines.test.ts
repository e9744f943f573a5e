import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readLines } from "./read-lines.ts";

async function read(parts: readonly string[], maxBytes = 1_000) {
  const found = [];
  const chunks = (async function* () {
    for (const part of parts) yield await Promise.resolve(Buffer.from(part));
  })();
  for await (const { number, bytes, isTooLong, isEnded } of readLines(chunks, maxBytes))
    found.push({ number, text: bytes.toString(), isTooLong, isEnded });
  return found;
}

describe("readLines", () => {
  it("gives the same lines however a text arrives", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("a", "bc", "\n", "\n\n", "d\ne", "ü"), { maxLength: 30 }),
        async (parts) => {
          const whole = parts.join("");
          const lines = whole.split("\n");
          const expected = lines.map((text, index) => ({ text, isEnded: index < lines.length - 1 }));
          if (lines.at(-1) === "") expected.pop();
          expect((await read(parts)).map(({ text, isEnded }) => ({ text, isEnded }))).toEqual(expected);
          expect((await read(parts)).map(({ number }) => number)).toEqual(
            expected.map((_, index) => index + 1),
          );
        },
      ),
    );
  });

  it.each([
    ["in one part", ["ab\n", "abcdef\nab\n"]],
    ["in many", ["ab\nab", "cd", "ef", "gh\n"]],
    ["without an end", ["ab\n", "abcdefgh"]],
  ])("ends at a line that is too long, %s", async (_, parts) => {
    const found = await read(parts, 4);
    expect(found).toHaveLength(2);
    expect(found[1]).toMatchObject({ number: 2, isTooLong: true });
    expect((await read(["abcd\nabcd"], 4)).map(({ isTooLong }) => isTooLong)).toEqual([false, false]);
  });
});
