import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import type { ByteStream } from "./byte-stream.ts";

/** Most bytes of a request that pass the gateway, streamed ones included. */
export const requestLimit = 64 * 1024 * 1024;

/** The body of a client's request while it comes in. Once, and one way only: collected or passed on. */
export class RequestStream implements ByteStream {
  readonly #incoming: IncomingMessage;
  /** Bytes that the client announced; null when it did not. */
  readonly announced: number | null;

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
    const length = incoming.headers["content-length"];
    this.announced = length === undefined ? null : Number(length);
  }

  collect(limit: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const take = (chunk: Buffer): void => {
        size += chunk.length;
        if (size > limit) settle(() => reject(tooLarge()));
        else chunks.push(chunk);
      };
      const end = (): void =>
        settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
      const gone = (): void => settle(() => reject(clientGone()));
      const settle = (outcome: () => void): void => {
        this.#incoming.off("data", take).off("end", end).off("close", gone).off("error", gone);
        // What is left has to be read by somebody: the client listens for the answer only behind it.
        this.#incoming.resume();
        outcome();
      };
      if (this.#incoming.destroyed && !this.#incoming.readableEnded) gone();
      else this.#incoming.on("data", take).on("end", end).on("close", gone).on("error", gone);
    });
  }

  /**
   * A stream for the backend. Ending it early leaves the client's connection whole, so that an early answer reaches the client;
   * what the client still sends is read and dropped.
   */
  toReadable(): Readable {
    return Readable.from(passOn(this.#incoming), { objectMode: false });
  }
}

async function* passOn(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError("a request stream gives buffers");
      size += chunk.length;
      if (size > requestLimit) throw tooLarge();
      yield chunk;
    }
  } finally {
    incoming.resume();
  }
}

function tooLarge(): PolicyFailure {
  return new PolicyFailure({
    source: "gateway",
    reason: "RequestBodyTooLarge",
    message: "The request body exceeds what the gateway holds.",
    status: 413,
    publicMessage: "Request body is too large.",
  });
}

function clientGone(): PolicyFailure {
  return new PolicyFailure({
    source: "gateway",
    reason: "ClientConnectionFailure",
    message: "The client closed the connection.",
  });
}
