import { describe, expect, it, jest } from "@jest/globals";
import { GroupCommit, GroupCommitTimeoutError } from "./group-commit.ts";

interface Sent {
  readonly entries: readonly number[];
  readonly deadline: number;
  readonly resolve: (refused?: ReadonlyMap<number, Error>) => void;
  readonly reject: (reason: unknown) => void;
}

const TIMEOUT_MS = 100;

/** A line whose batches the test ends by hand, on a clock that the test moves. */
function line({ maxBatch = 3, concurrency = 1 } = {}) {
  const sent: Sent[] = [];
  const clock = { now: 1_000 };
  const commit = new GroupCommit<number>({
    send: (entries, deadline) =>
      new Promise((resolve, reject) => void sent.push({ entries, deadline, resolve, reject })),
    maxBatch,
    concurrency,
    timeoutMs: TIMEOUT_MS,
    now: () => clock.now,
  });
  const addAll = (...entries: number[]) => Promise.allSettled(entries.map((entry) => commit.add(entry)));
  return { sent, clock, commit, addAll, batches: () => sent.map(({ entries }) => entries) };
}

/** Lets everything that is ready happen. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("GroupCommit", () => {
  it("sends an entry at once when the line is idle, and resolves when it is durable", async () => {
    const { sent, commit } = line();
    const durable = jest.fn();
    const added = commit.add(1).then(durable);
    await settle();
    expect(sent.map(({ entries }) => entries)).toEqual([[1]]);
    expect(durable).not.toHaveBeenCalled();
    sent[0]?.resolve();
    await added;
    expect(durable).toHaveBeenCalledTimes(1);
  });

  it("fails those entries of a batch that were refused, and no others", async () => {
    const { sent, addAll } = line();
    const added = addAll(1, 2, 3);
    await settle();
    const reason = new Error("refused");
    sent[0]?.resolve(new Map([[1, reason]]));
    expect(await added).toEqual([
      { status: "fulfilled", value: undefined },
      { status: "rejected", reason },
      { status: "fulfilled", value: undefined },
    ]);
  });

  it("sends entries of one turn together", async () => {
    const { batches, addAll } = line();
    void addAll(1, 2, 3);
    await settle();
    expect(batches()).toEqual([[1, 2, 3]]);
  });

  it("sends what arrives meanwhile together when a batch returns", async () => {
    const { sent, batches, addAll } = line();
    void addAll(1);
    await settle();
    for (const entry of [2, 3]) {
      void addAll(entry);
      await settle();
    }
    expect(batches()).toEqual([[1]]);
    sent[0]?.resolve();
    await settle();
    expect(batches()).toEqual([[1], [2, 3]]);
  });

  it("never sends more than a batch holds, and loses nothing", async () => {
    const { sent, batches, addAll } = line({ maxBatch: 2 });
    const all = addAll(1, 2, 3, 4, 5);
    for (let index = 0; index < 3; index++) {
      await settle();
      sent[index]?.resolve();
    }
    expect((await all).map(({ status }) => status)).toEqual(Array(5).fill("fulfilled"));
    expect(batches()).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("uses every place on the line for one burst, and no more than there are", async () => {
    const { sent, batches, addAll } = line({ maxBatch: 2, concurrency: 2 });
    void addAll(1, 2, 3, 4, 5, 6, 7);
    await settle();
    expect(batches()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    sent[1]?.resolve();
    await settle();
    expect(batches().slice(2)).toEqual([[5, 6]]);
    sent[0]?.reject(new Error("down"));
    await settle();
    expect(batches().slice(3)).toEqual([[7]]);
  });

  it("lets a second batch leave while the first is under way", async () => {
    const { batches, addAll } = line({ concurrency: 2 });
    for (const entry of [1, 2, 3]) {
      void addAll(entry);
      await settle();
    }
    expect(batches()).toEqual([[1], [2]]);
  });

  it("rejects every entry of a batch that fails, and none of the next", async () => {
    const { sent, addAll } = line();
    const [first, second] = [addAll(1, 2, 3), addAll(4)];
    await settle();
    const failure = new Error("down");
    sent[0]?.reject(failure);
    expect(await first).toEqual(Array(3).fill({ status: "rejected", reason: failure }));
    await settle();
    sent[1]?.resolve();
    expect(await second).toEqual([{ status: "fulfilled", value: undefined }]);
  });

  it("survives a send that throws instead of rejecting", async () => {
    const commit = new GroupCommit<number>({
      send: () => {
        throw new Error("thrown");
      },
      maxBatch: 1,
      concurrency: 1,
      timeoutMs: TIMEOUT_MS,
    });
    for (const entry of [1, 2]) await expect(commit.add(entry)).rejects.toThrow("thrown");
  });

  it("gives a batch the time of its oldest entry", async () => {
    const { sent, clock, addAll } = line();
    void addAll(1);
    await settle();
    expect(sent[0]?.deadline).toBe(1_100);
    clock.now = 1_010;
    void addAll(2);
    clock.now = 1_050;
    void addAll(3);
    sent[0]?.resolve();
    await settle();
    expect(sent[1]).toMatchObject({ entries: [2, 3], deadline: 1_110 });
  });

  it("rejects entries whose time was over before they left, and sends the others", async () => {
    const { sent, clock, batches, addAll } = line();
    void addAll(1);
    await settle();
    const late = addAll(2, 3);
    clock.now = 1_099;
    const inTime = addAll(4);
    clock.now = 1_100;
    sent[0]?.resolve();
    for (const result of await late) {
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(GroupCommitTimeoutError) });
    }
    await settle();
    expect(batches()).toEqual([[1], [4]]);
    sent[1]?.resolve();
    expect(await inTime).toMatchObject([{ status: "fulfilled" }]);
  });

  it("goes on after a batch of which every entry was late", async () => {
    const { sent, clock, batches, addAll } = line({ maxBatch: 2 });
    void addAll(1);
    await settle();
    void addAll(2, 3);
    clock.now = 1_050;
    void addAll(4);
    clock.now = 1_100;
    sent[0]?.resolve();
    await settle();
    expect(batches()).toEqual([[1], [4]]);
  });

  it("sets no timer", async () => {
    const timer = jest.spyOn(globalThis, "setTimeout");
    const { sent, addAll } = line();
    const all = addAll(1, 2);
    await settle();
    sent[0]?.resolve();
    await all;
    expect(timer).not.toHaveBeenCalled();
    timer.mockRestore();
  });

  it("settles each of thousands of entries exactly once", async () => {
    let underWay = 0;
    let most = 0;
    const stored: number[] = [];
    const commit = new GroupCommit<number>({
      async send(entries) {
        most = Math.max(most, ++underWay);
        await settle();
        underWay--;
        if (entries.includes(500)) throw new Error("down");
        stored.push(...entries);
        return undefined;
      },
      maxBatch: 16,
      concurrency: 4,
      timeoutMs: 60_000,
    });
    const results = await Promise.allSettled(
      Array.from({ length: 5_000 }, async (_, index) => {
        if (index % 7 === 0) await settle();
        return commit.add(index);
      }),
    );
    const fulfilled = results.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : []));
    expect([...stored].sort((a, b) => a - b)).toEqual(fulfilled);
    expect(results.length - fulfilled.length).toBeLessThanOrEqual(16);
    expect(most).toBe(4);
  });
});
