import type { ByteSink } from "../backends/response-stream.ts";

/** Bytes that are gathered before they go on. */
const blockSize = 8 * 1024;

/**
 * Gathers small pieces: what API Management does with a chunked response unless `buffer-response="false"`. A stream that shows
 * its first records late here shows them late there too.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - forward-request".
 */
export class BlockSink implements ByteSink {
  readonly #sink: ByteSink;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  write(chunk: Buffer): boolean {
    this.#pieces.push(chunk);
    this.#size += chunk.length;
    return this.#size < blockSize || this.#flush();
  }

  end(): void {
    if (this.#size > 0) this.#flush();
    this.#sink.end();
  }

  fail(error: Error): void {
    this.#sink.fail(error);
  }

  #flush(): boolean {
    const [only] = this.#pieces;
    const block = this.#pieces.length === 1 && only ? only : Buffer.concat(this.#pieces, this.#size);
    this.#pieces = [];
    this.#size = 0;
    return this.#sink.write(block);
  }
}
