import type { ServerResponse } from "node:http";
import type { Span } from "../store/span.ts";
import type { TelemetryStore } from "../store/telemetry-store.ts";
import { problem, SAFETY_HEADERS, send } from "./answer.ts";

/**
 * Tells viewers of requests as they arrive, by Server-Sent Events. While nobody views, nothing is read.
 *
 * Each event is `requests`, with `{requests, skipped, stored, dropped}`: the requests since the last one, in the order of
 * their arrival, and how many more there were than a person can follow.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class LiveStreams {
  readonly #store: TelemetryStore;
  readonly #viewers = new Set<ServerResponse>();
  #stopListening: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;

  constructor(store: TelemetryStore) {
    this.#store = store;
  }

  /** Begins with an event without requests, so that a viewer knows that it is connected. */
  add(response: ServerResponse): void {
    if (this.#viewers.size >= MAX_VIEWERS) {
      send(response, problem(503, `At most ${MAX_VIEWERS} live views can be open at a time.`));
      return;
    }
    response.writeHead(200, { ...SAFETY_HEADERS, "content-type": "text/event-stream" });
    if (response.req.method === "HEAD") {
      response.end();
      return;
    }
    if (this.#viewers.size === 0) this.#begin();
    this.#viewers.add(response);
    response.once("close", () => this.#remove(response));
    response.write(this.#describe([]));
  }

  /** Ends all streams. */
  close(): void {
    for (const viewer of this.#viewers) viewer.end();
    this.#viewers.clear();
    this.#end();
  }

  #begin(): void {
    this.#seen = this.#store.mark();
    this.#stopListening = this.#store.onAdd(() => this.#schedule());
  }

  #end(): void {
    this.#stopListening();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #remove(viewer: ServerResponse): void {
    this.#viewers.delete(viewer);
    if (this.#viewers.size === 0) this.#end();
  }

  /** Under load an event tells of many requests, or the telling would be dearer than the requests. */
  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.#tell(), INTERVAL_MS).unref();
  }

  async #tell(): Promise<void> {
    const { items, upTo } = await this.#store.read(this.#seen);
    this.#seen = upTo;
    this.#timer = undefined;
    const requests = items.filter((item): item is Span => item.kind === "request");
    if (requests.length > 0) this.#broadcast(this.#describe(requests));
    if (this.#viewers.size > 0 && this.#store.mark() > upTo) this.#schedule();
  }

  /** A viewer that does not keep up misses some: what is held for it would have no bound. */
  #broadcast(event: string): void {
    for (const viewer of this.#viewers) if (!viewer.writableNeedDrain) viewer.write(event);
  }

  #describe(arrived: readonly Span[]): string {
    const requests = arrived.slice(-MAX_REQUESTS);
    const { size: stored, dropped } = this.#store;
    const data = { requests, skipped: arrived.length - requests.length, stored, dropped };
    return `event: requests\ndata: ${JSON.stringify(data)}\n\n`;
  }
}

const MAX_VIEWERS = 32;
const INTERVAL_MS = 200;
/** In one event. */
const MAX_REQUESTS = 100;
