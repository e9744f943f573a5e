import { headerBytes, ProtocolError } from "./message.ts";

/** Cuts what a socket delivers into whole messages. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #received = 0;

  /** @param maxBytes the largest message that is accepted */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Adds a chunk. @returns the messages that are complete now @throws {ProtocolError} for an impossible length */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    const messages: Buffer[] = [];
    for (let length = this.#nextLength(); length <= this.#received; length = this.#nextLength()) {
      messages.push(this.#take(length));
    }
    return messages;
  }

  /** The length that the next message claims; infinite until it is known. */
  #nextLength(): number {
    if (this.#received < 4) return Infinity;
    const length = this.#joinUpTo(4).readInt32LE(0);
    if (length < headerBytes || length > this.#maxBytes) throw new ProtocolError("impossible message length");
    return length;
  }

  #take(length: number): Buffer {
    const joined = this.#joinUpTo(length);
    const rest = joined.subarray(length);
    this.#chunks[0] = rest;
    if (rest.length === 0) this.#chunks.shift();
    this.#received -= length;
    return joined.subarray(0, length);
  }

  /** The first chunk, once it has so many bytes; chunks are joined no earlier, lest large messages be copied often. */
  #joinUpTo(bytes: number): Buffer {
    const [first = Buffer.alloc(0)] = this.#chunks;
    if (first.length >= bytes) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
