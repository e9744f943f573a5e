import type { MessageBody } from "../expressions/context.ts";
import { BufferedBody } from "../expressions/buffered-body.ts";
import type { ByteStream } from "./byte-stream.ts";

/** Most bytes of a body that a policy reads or holds. */
export const bufferLimit = 32 * 1024 * 1024;

/**
 * The body of a message: nothing, a stream that nobody has read, or bytes. A policy that reads the body makes it bytes first;
 * a read that does not preserve it leaves nothing to send, as `IMessageBody.As<T>()` is documented.
 */
export class MessageContent<Stream extends ByteStream> {
  #stream: Stream | null;
  #body: BufferedBody | null = null;
  #collecting: Promise<void> | null = null;

  constructor(stream: Stream | null) {
    this.#stream = stream;
  }

  /** The stream, as long as nobody has read it. */
  get stream(): Stream | null {
    return this.#stream;
  }

  /** What expressions see; null without a body, and before {@link buffer}. */
  get body(): MessageBody | null {
    return this.#body;
  }

  /** The bytes to send; null when the content is a stream, or nothing. */
  get bytes(): Buffer | null {
    return this.#body === null || this.#body.consumed ? null : this.#body.raw;
  }

  /** Puts other content in the place of what there is. */
  replace(bytes: Buffer): void {
    this.#stream = null;
    this.#body = new BufferedBody(bytes);
  }

  /** Reads the stream to its end, so that {@link body} and {@link bytes} have it. Immediate when there is no stream. */
  buffer(): Promise<void> | undefined {
    const stream = this.#stream;
    if (stream === null) return undefined;
    this.#collecting ??= stream.collect(bufferLimit).then((bytes) => this.replace(bytes));
    return this.#collecting;
  }
}
