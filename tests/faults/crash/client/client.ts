import { createHash, randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Random } from "../../tamper/random.ts";
import type { Answered, History, Sent } from "./history.ts";
import { makeRequest } from "./make-request.ts";
import type { MadeRequest, Operation } from "./make-request.ts";
import { Population } from "./population.ts";

export interface ClientOptions {
  /** The apps' addresses and host keys. */
  readonly apps: Readonly<Record<Sent["app"], { readonly url: string; readonly key: string }>>;
  readonly history: History;
}

/** After this a request is given up, in milliseconds; whatever the app makes of it, the client does not know. */
const PATIENCE_MS = 10_000;

/** A client of the apps that remembers what it has asked for and what it has been told. */
export class Client {
  readonly population = new Population();
  readonly #options: ClientOptions;
  // A connection for each request: nothing is sent twice, and nothing waits for a connection that is dead.
  readonly #agent = new Agent({ keepAlive: false });
  #count = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /**
   * Sends requests at once; resolves when each has been answered, or will not be.
   * @returns the statuses that came, in their order
   */
  async send(
    trial: number,
    operations: readonly Operation[],
    random: Random,
  ): Promise<readonly (number | undefined)[]> {
    const made = operations.map((operation) => this.#make(trial, operation, random));
    this.#options.history.sent(made.map(({ sent }) => sent));
    return Promise.all(made.map(({ sent, body }) => this.#exchange(sent, body)));
  }

  #make(trial: number, operation: Operation, random: Random): { sent: Sent; body: unknown } {
    const n = this.#count++;
    const made: MadeRequest = makeRequest(operation, {
      population: this.population,
      random,
      label: `Vera ${trial}-${n} Muster`,
    });
    const { body, ...rest } = made;
    return { sent: { n, trial, ...rest, traceId: randomBytes(16).toString("hex") }, body };
  }

  async #exchange(sent: Sent, body: unknown): Promise<number | undefined> {
    const answered = await this.#ask(sent, body);
    if (!answered) return undefined;
    this.#options.history.answered(answered);
    this.population.learn({ ...sent, answered });
    return answered.status;
  }

  /** @returns `undefined` when not a byte of an answer came */
  #ask({ n, app, method, path, traceId, ifMatch }: Sent, body: unknown): Promise<Answered | undefined> {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const { url, key } = this.#options.apps[app];
    return new Promise((resolve) => {
      const asked = request(url + path, {
        method,
        agent: this.#agent,
        headers: {
          "x-functions-key": key,
          traceparent: `00-${traceId}-${randomBytes(8).toString("hex")}-01`,
          ...(content !== undefined && { "content-type": "application/json" }),
          ...(ifMatch !== undefined && { "if-match": ifMatch }),
        },
        timeout: PATIENCE_MS,
      });
      asked.once("response", (answer) => resolve(read(n, answer)));
      asked.once("timeout", () => asked.destroy());
      asked.once("error", () => resolve(undefined));
      asked.end(content);
    });
  }
}

async function read(n: number, answer: IncomingMessage): Promise<Answered> {
  const { chunks, complete } = await readBytes(answer);
  const bytes = Buffer.concat(chunks);
  const { etag } = answer.headers;
  return {
    n,
    status: answer.statusCode ?? 0,
    complete,
    hash: createHash("sha256").update(bytes).digest("base64url"),
    ...(etag !== undefined && { etag }),
    ids: complete ? idsIn(bytes.toString("utf8")) : [],
  };
}

async function readBytes(answer: IncomingMessage): Promise<{ chunks: Buffer[]; complete: boolean }> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { chunks, complete: answer.complete };
  } catch {
    return { chunks, complete: false };
  }
}

function idsIn(text: string): string[] {
  if (text === "") return [];
  const value: unknown = JSON.parse(text);
  return [value].flat().flatMap((one) => (hasId(one) ? [one.id] : []));
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}
