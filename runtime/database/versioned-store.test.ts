import { describe, expect, it } from "@jest/globals";
import type { Collection } from "mongodb";
import { problemOf } from "../testing/caught.ts";
import { MAX_MARKS } from "./access-marks.ts";
import { versionedStore } from "./versioned-store.ts";
import type { StoredResource } from "./versioned-store.ts";

interface Stored extends StoredResource {
  readonly name: string;
}

const ACCESS = "0198c0de-0000-7000-8000-0000000000aa";
const FIRST: Stored = { _id: "a", version: 1, lastUpdated: new Date(0), name: "first", _schema: 1 };

/** The two methods that a replacement uses, on one document; each call lets every other caller go first. */
function collectionOf(document: Stored | null) {
  const state = { document, beforeReplace: () => undefined as unknown };
  const collection = {
    async findOne() {
      await new Promise<void>((resolve) => setImmediate(resolve));
      return state.document;
    },
    async replaceOne(filter: { version: number }, next: Stored) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      state.beforeReplace();
      if (state.document?.version !== filter.version) return { matchedCount: 0 };
      state.document = next;
      return { matchedCount: 1 };
    },
  };
  return { state, store: versionedStore(collection as unknown as Collection<Stored>, ACCESS) };
}

const renamed = (name: string) => (current: Stored) => ({ ...current, version: current.version + 1, name });

describe("versionedStore.replace", () => {
  it("makes the next version", async () => {
    const { store, state } = collectionOf(FIRST);
    const next = await store.replace({ _id: "a" }, undefined, renamed("second"));
    expect(next).toEqual({ ...FIRST, version: 2, name: "second" });
    expect(state.document).toEqual({ ...next, accesses: [{ accessId: ACCESS, version: 2 }] });
  });

  it("keeps the marks of the accesses before, and shows them to nobody", async () => {
    const before = Array.from({ length: MAX_MARKS }, (_, index) => ({
      accessId: `access ${index}`,
      version: 1,
    }));
    const { state, store } = collectionOf({ ...FIRST, accesses: before } as Stored);
    expect(await store.find({ _id: "a" })).toEqual(FIRST);
    await store.replace({ _id: "a" }, undefined, (current) => {
      expect(current).toEqual(FIRST);
      return renamed("second")(current);
    });
    expect(state.document).toMatchObject({
      accesses: [...before.slice(1), { accessId: ACCESS, version: 2 }],
    });
  });

  it("replaces nothing that is not there, whatever version is named", async () => {
    const { store } = collectionOf(null);
    expect(await store.replace({ _id: "a" }, '"1"', renamed("x"))).toBeNull();
  });

  it("refuses another version than the client names, also one that came meanwhile", async () => {
    const { store, state } = collectionOf(FIRST);
    expect((await problemOf(() => store.replace({ _id: "a" }, '"2"', renamed("x")))).code).toBe(
      "precondition-failed",
    );
    state.beforeReplace = () => (state.document = { ...FIRST, version: 2, name: "theirs" });
    expect((await problemOf(() => store.replace({ _id: "a" }, '"1"', renamed("x")))).code).toBe(
      "precondition-failed",
    );
    expect(state.document?.name).toBe("theirs");
  });

  it("loses no update of 100 writers that race in step", async () => {
    const { store, state } = collectionOf(FIRST);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.replace({ _id: "a" }, undefined, renamed(`writer ${index}`)),
      ),
    );
    expect(state.document?.version).toBe(101);
    expect(new Set(results.map((one) => one?.version)).size).toBe(100);
  });

  it("asks the client to come back when it never gets its turn", async () => {
    const { store, state } = collectionOf(FIRST);
    let version = 1;
    state.beforeReplace = () => (state.document = { ...FIRST, version: ++version });
    const refused = await problemOf(() => store.replace({ _id: "a" }, "*", renamed("x")));
    expect(refused).toMatchObject({ code: "database-unavailable", options: { retryAfter: 1 } });
  });
});
