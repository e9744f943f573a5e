import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { makeEnvelope } from "../test-support/make-envelope.ts";
import { makeTransaction } from "../test-support/make-transaction.ts";
import { serveCollector, type ServedCollector } from "../test-support/serve-collector.ts";

interface Told {
  readonly requests: readonly { readonly id: string }[];
  readonly skipped: number;
  readonly stored: number;
}

describe("the live stream", () => {
  let served: ServedCollector;
  beforeEach(async () => {
    served = await serveCollector();
  });
  afterEach(() => served.close());

  const view = async () => {
    const response = await fetch(`${served.pages}/telemetry/api/live`);
    return { response, events: readEvents(response) };
  };
  const next = async (events: AsyncGenerator<Told, void>) => {
    const { value } = await events.next();
    if (!value) throw new Error("the stream has ended");
    return value;
  };

  it("begins at once, and tells of requests that arrive from then on, and of nothing else", async () => {
    served.collector.receive([makeEnvelope({ id: "before" })]);
    const { response, events } = await view();
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await next(events)).toEqual({ requests: [], skipped: 0, stored: 1, dropped: 0 });
    served.collector.receive(makeTransaction());
    expect((await next(events)).requests.map(({ id }) => id)).toEqual(["g", "p", "a"]);
    await fetch(`${served.collector.url}/v2.1/track`, {
      method: "POST",
      body: JSON.stringify(makeEnvelope({ id: "later" })),
    });
    expect((await next(events)).requests.map(({ id }) => id)).toEqual(["later"]);
  });

  it("tells of as many at a time as a person can follow", async () => {
    const { events } = await view();
    await next(events);
    served.collector.receive(Array.from({ length: 250 }, (_, index) => makeEnvelope({ id: `${index}` })));
    const { requests, skipped, stored } = await next(events);
    expect([requests.length, requests.at(-1)?.id, skipped, stored]).toEqual([100, "249", 150, 250]);
  });

  it("tells several viewers, and forgets those who leave", async () => {
    const [one, other] = [await view(), await view()];
    await next(one.events);
    await next(other.events);
    await one.response.body?.cancel().catch(() => undefined);
    served.collector.receive([makeEnvelope({ id: "x" })]);
    expect((await next(other.events)).requests).toHaveLength(1);
  });

  it("has a bound on viewers", async () => {
    const views = await Promise.all(Array.from({ length: 33 }, view));
    expect(
      views
        .map(({ response }) => response.status)
        .sort()
        .slice(-2),
    ).toEqual([200, 503]);
  });

  it("ends when the collector is closed", async () => {
    const { events } = await view();
    await next(events);
    await served.collector.close();
    expect(await events.next()).toEqual({ value: undefined, done: true });
  });
});

async function* readEvents(response: Response): AsyncGenerator<Told, void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) yield JSON.parse(event.replace(/^event: requests\ndata: /, "")) as Told;
  }
}
