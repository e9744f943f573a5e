import { Readable } from "node:stream";

/** A body that is made piece by piece, each when it is asked for. */
export interface BodySource {
  /** The next piece; rejects with what its maker failed with. */
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  /** Tells the maker at once that nobody wants the rest, also while a piece is being made. */
  cancel(): Promise<unknown>;
}

/**
 * Reads what the library takes for a stream: a web `ReadableStream`, a Node `Readable`, or any async iterable.
 *
 * @returns `undefined` for anything else
 * @throws TypeError for a `ReadableStream` that somebody else reads
 */
export function toBodySource(body: unknown): BodySource | undefined {
  if (body instanceof ReadableStream) return fromWebStream(body);
  if (body instanceof Readable) return fromReadable(body);
  return isAsyncIterable(body) ? fromIterable(body) : undefined;
}

function fromWebStream(stream: ReadableStream): BodySource {
  const reader = stream.getReader();
  // Not the stream's iterator: its `return` would wait for the piece that is being made.
  return { next: () => reader.read(), cancel: () => reader.cancel(new Error(GONE)) };
}

function fromReadable(stream: Readable): BodySource {
  const iterator = stream[Symbol.asyncIterator]();
  // A stream may say that it failed after it was destroyed, when nobody listens any more: the process would end.
  stream.on("error", () => undefined);
  return {
    next: () => iterator.next(),
    cancel: () => {
      stream.destroy();
      return Promise.resolve();
    },
  };
}

function fromIterable(iterable: AsyncIterable<unknown>): BodySource {
  const iterator = iterable[Symbol.asyncIterator]();
  let isOver = false;
  return {
    async next() {
      const result = await iterator.next().catch((error: unknown) => {
        isOver = true;
        throw error;
      });
      isOver = result.done === true;
      return result;
    },
    // A generator sees this where it yields; one that waits for something of its own sees it behind that.
    cancel: async () => (isOver ? undefined : iterator.return?.()),
  };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

const GONE = "the client is gone";
