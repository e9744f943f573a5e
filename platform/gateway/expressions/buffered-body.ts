import type { MessageBody } from "./context.ts";
import { ExpressionError } from "./expression-error.ts";

/** A body whose bytes are at hand. A read that does not preserve it consumes it; texts are read as UTF-8. */
export class BufferedBody implements MessageBody {
  /** The bytes, whether consumed or not. */
  readonly raw: Buffer;
  #consumed = false;

  constructor(raw: Buffer) {
    this.raw = raw;
  }

  /** Whether a read without `preserveContent` took the body: nothing of it is sent on. */
  get consumed(): boolean {
    return this.#consumed;
  }

  text(preserve: boolean): string {
    // A byte order mark is no part of the text, as with .NET's StreamReader.
    return new TextDecoder("utf-8").decode(this.take(preserve));
  }

  bytes(preserve: boolean): Uint8Array {
    return Uint8Array.from(this.take(preserve));
  }

  private take(preserve: boolean): Buffer {
    if (this.#consumed) {
      throw new ExpressionError(
        "InvalidOperationException",
        "The message body was read before without preserveContent: true, so that nothing is left to read.",
      );
    }
    this.#consumed = !preserve;
    return this.raw;
  }
}
