import { describe, expect, it } from "@jest/globals";
import { acceptedOf } from "../ingestion/judge-body.ts";
import { KEY, makeEnvelope } from "../test-support/make-envelope.ts";
import { TelemetryStore } from "./telemetry-store.ts";

const NO_LIMIT = 1_000_000_000;
const open = (maxItems = NO_LIMIT, maxBytes = NO_LIMIT) =>
  new TelemetryStore({ maxItems, maxBytes }, (body) => acceptedOf(body, KEY));
const named = (...names: string[]) => names.map((name) => makeEnvelope({ data: { name } }));
const bodyOf = (...names: string[]) => Buffer.from(JSON.stringify(named(...names)));
const namesIn = async (store: TelemetryStore, after?: number) =>
  (await store.read(after)).items.map(({ name }) => name);

describe("TelemetryStore", () => {
  it("keeps the order of arrival, however it arrived", async () => {
    const store = open();
    store.addEnvelopes(named("a"));
    store.addBody(bodyOf("b", "c"), 2);
    store.addEnvelopes(named("d"));
    expect(await namesIn(store)).toEqual(["a", "b", "c", "d"]);
    store.addEnvelopes(named("e"));
    expect(await namesIn(store)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("reads what arrived after a mark", async () => {
    const store = open();
    store.addEnvelopes(named("a"));
    const mark = store.mark();
    store.addEnvelopes(named("b"));
    expect(await namesIn(store, mark)).toEqual(["b"]);
    const { upTo } = await store.read();
    expect(await namesIn(store, upTo)).toEqual([]);
  });

  it("parses nothing before somebody looks, and then each body once", async () => {
    let parsed = 0;
    const store = new TelemetryStore({ maxItems: 10, maxBytes: NO_LIMIT }, () => {
      parsed += 1;
      return named("a");
    });
    store.addBody(Buffer.from("x"), 1);
    expect(parsed).toBe(0);
    await store.read();
    await store.read();
    expect(parsed).toBe(1);
  });

  it.each([
    ["read", true],
    ["unread", false],
  ])("drops the oldest items when there are too many, of a batch that was %s", async (_which, isRead) => {
    const store = open(3);
    store.addBody(bodyOf("a", "b", "c"), 3);
    if (isRead) await store.read();
    store.addEnvelopes(named("d", "e"));
    expect([store.size, store.dropped]).toEqual([3, 2]);
    expect(await namesIn(store)).toEqual(["c", "d", "e"]);
  });

  it("keeps of one body that is too much its end", async () => {
    const store = open(2);
    store.addBody(bodyOf("a", "b", "c", "d"), 4);
    expect([store.size, store.dropped]).toEqual([2, 2]);
    expect(await namesIn(store)).toEqual(["c", "d"]);
  });

  it("drops the oldest bodies when they are too long", async () => {
    const [a, b, c] = [bodyOf("a"), bodyOf("b"), bodyOf("c")];
    const store = open(NO_LIMIT, b.length + c.length);
    for (const body of [a, b, c]) store.addBody(body, 1);
    expect([store.bytes, store.dropped]).toEqual([b.length + c.length, 1]);
    expect(await namesIn(store)).toEqual(["b", "c"]);
  });

  it("drops a body that is longer than all that may be kept", async () => {
    const store = open(NO_LIMIT, 10);
    store.addBody(bodyOf("a"), 1);
    expect([store.size, store.bytes, store.dropped]).toEqual([0, 0, 1]);
    expect(await namesIn(store)).toEqual([]);
  });

  it("stays within its bounds, with right counts, through long traffic", async () => {
    const store = open(100, 60_000);
    for (let round = 0; round < 2000; round += 1) {
      if (round % 3 === 0) store.addBody(bodyOf(`${round}`, "x"), 2);
      else store.addEnvelopes(named(`${round}`));
      if (round % 500 === 0) await store.read();
      if (store.size > 100 || store.bytes > 60_000) throw new Error(`over its bounds in round ${round}`);
    }
    const { items } = await store.read();
    expect(items).toHaveLength(store.size);
    expect(store.size + store.dropped).toBe(2000 + 667);
    expect(items.at(-1)?.name).toBe("1999");
  });

  it("may drop what is being read", async () => {
    const store = open(2);
    store.addBody(bodyOf("a", "b"), 2);
    const reading = store.read();
    store.addEnvelopes(named("c", "d"));
    expect((await reading).items.length).toBeLessThanOrEqual(2);
    expect(await namesIn(store)).toEqual(["c", "d"]);
  });
});
