import { describe, expect, it } from "@jest/globals";
import { Cursors, cursorTimeoutMs } from "./cursors.ts";

const documents = [1, 2, 3, 4, 5].map((byte) => Uint8Array.of(byte));

describe("Cursors", () => {
  it("hands out batches and ends with the last", () => {
    const cursors = new Cursors(() => 0);
    const first = cursors.open("a.b", documents, 2, false);
    expect(first.documents).toEqual(documents.slice(0, 2));
    const second = cursors.more(first.id, "a.b", 3);
    expect(second).toEqual({ id: 0, documents: documents.slice(2) });
    expect(() => cursors.more(first.id, "a.b", 1)).toThrow("not found");
  });

  it("opens a cursor for an empty batch", () => {
    const cursors = new Cursors(() => 0);
    const { id } = cursors.open("a.b", documents, 0, false);
    expect(cursors.more(id, "a.b", Infinity).documents).toEqual(documents);
  });

  it("keeps none for a single batch", () => {
    expect(new Cursors(() => 0).open("a.b", documents, 2, true).id).toBe(0);
  });

  it("is not to be read through another collection", () => {
    const cursors = new Cursors(() => 0);
    const { id } = cursors.open("a.b", documents, 2, false);
    expect(() => cursors.more(id, "a.c", 1)).toThrow("not found");
    expect(cursors.kill(id)).toBe(true);
    expect(cursors.kill(id)).toBe(false);
  });

  it("times out when nobody reads", () => {
    let now = 0;
    const cursors = new Cursors(() => now);
    const { id } = cursors.open("a.b", documents, 1, false);
    now = cursorTimeoutMs;
    expect(cursors.more(id, "a.b", 1).documents).toHaveLength(1);
    now += cursorTimeoutMs + 1;
    expect(() => cursors.more(id, "a.b", 1)).toThrow(expect.objectContaining({ codeName: "CursorNotFound" }));
  });

  it("ends what it abandons", () => {
    let ended = false;
    const endless = (function* () {
      try {
        for (;;) yield Uint8Array.of(1);
      } finally {
        ended = true;
      }
    })();
    const cursors = new Cursors(() => 0);
    cursors.kill(cursors.open("a.b", endless, 1, false).id);
    expect(ended).toBe(true);
  });
});
