import type { Dispatcher } from "undici";
import type { ByteStream } from "../messages/byte-stream.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";

/** Receives a response body in pieces. */
export interface ByteSink {
  /** @returns false when the sink wants no more until {@link ResponseStream.resume} */
  write(chunk: Buffer): boolean;
  end(): void;
  fail(error: Error): void;
}

/** What waits here before the sender is asked to pause. */
const highWaterMark = 256 * 1024;

/**
 * The body of a backend's response. Pieces that come before anybody asks are kept; a short response is complete by the time the
 * outbound policies have run, and is then sent in one write.
 */
export class ResponseStream implements ByteStream {
  readonly #controller: Dispatcher.DispatchController;
  #chunks: Buffer[] = [];
  #size = 0;
  #ended = false;
  #error: Error | null = null;
  #sink: ByteSink | null = null;

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
  }

  /** True once the backend broke off, or the call was ended. */
  get broken(): boolean {
    return this.#error !== null;
  }

  /** The whole body, when it is here already and nobody has taken it. */
  get complete(): Buffer | null {
    if (!this.#ended || this.#sink !== null) return null;
    const [only] = this.#chunks;
    return this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks, this.#size);
  }

  /** From the backend: a piece. */
  push(chunk: Buffer): void {
    if (this.#sink !== null) {
      if (!this.#sink.write(chunk)) this.#controller.pause();
      return;
    }
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > highWaterMark) this.#controller.pause();
  }

  /** From the backend: the end. */
  end(): void {
    this.#ended = true;
    this.#sink?.end();
  }

  /** From the backend: it broke off. */
  fail(error: Error): void {
    this.#error = error;
    this.#sink?.fail(error);
  }

  /** Hands everything, past and future, to a sink. */
  pipeTo(sink: ByteSink): void {
    this.#sink = sink;
    const chunks = this.#chunks;
    this.#chunks = [];
    let willing = true;
    for (const chunk of chunks) willing = sink.write(chunk);
    if (this.#error) sink.fail(this.#error);
    else if (this.#ended) sink.end();
    else if (willing) this.#controller.resume();
  }

  /** The sink can take more. */
  resume(): void {
    this.#controller.resume();
  }

  /** Nobody wants the rest. */
  abort(): void {
    if (!this.#ended && this.#error === null) this.#controller.abort(new Error("the client is gone"));
  }

  collect(limit: number): Promise<Buffer> {
    const complete = this.complete;
    if (complete) return Promise.resolve(complete);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      this.pipeTo({
        write: (chunk) => {
          size += chunk.length;
          if (size <= limit) chunks.push(chunk);
          else this.#controller.abort(new Error(`the response is larger than ${limit} bytes`));
          return true;
        },
        end: () => resolve(Buffer.concat(chunks, size)),
        fail: (error) => reject(brokenOff(error)),
      });
    });
  }
}

function brokenOff(error: Error): PolicyFailure {
  return new PolicyFailure({
    source: "gateway",
    reason: "BackendConnectionFailure",
    message: error.message,
    cause: error,
  });
}
