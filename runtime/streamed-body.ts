/** How a streamed answer ended: whole, because its client went away, or because its source failed. */
export type Ending =
  | { readonly kind: "completed" }
  | { readonly kind: "aborted" }
  | { readonly kind: "failed"; readonly error: unknown };

export interface StreamedBodyOptions {
  readonly lines: AsyncIterable<unknown>;
  /** Holds a line against the contract. @throws when it breaks it: the answer ends there */
  readonly check: (line: unknown) => void;
  /** Is called once, before the last byte leaves. When it rejects, the answer breaks off instead of ending. */
  readonly ended: (ending: Ending) => Promise<void>;
}

/** About how many characters travel together. */
const CHUNK = 65_536;

/** Whether a handler's body is made while it is sent. */
export function isStreamed(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}

/**
 * A body of JSON texts, one a line (NDJSON), which is read no faster than its client takes it. One that breaks off does so
 * visibly: the connection ends without the end of the body (RFC 9112, 8).
 */
export function streamedBody({ lines, check, ended }: StreamedBodyOptions): ReadableStream<Uint8Array> {
  const source = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const isFirst = once();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { text, done } = await nextChunk(source, check);
          if (text !== "") controller.enqueue(encoder.encode(text));
          if (!done) return;
          if (isFirst()) await ended({ kind: "completed" });
          controller.close();
        } catch (error) {
          if (isFirst()) await ended({ kind: "failed", error }).catch(() => undefined);
          controller.error(error);
        }
      },
      async cancel() {
        if (isFirst()) await ended({ kind: "aborted" }).catch(() => undefined);
        await source.return?.();
      },
    },
    // Nothing is read ahead: what is in memory is what travels.
    { highWaterMark: 0 },
  );
}

/** True the first time. */
function once(): () => boolean {
  let isDone = false;
  return () => {
    const isFirst = !isDone;
    isDone = true;
    return isFirst;
  };
}

async function nextChunk(
  source: AsyncIterator<unknown>,
  check: (line: unknown) => void,
): Promise<{ readonly text: string; readonly done: boolean }> {
  let text = "";
  while (text.length < CHUNK) {
    const next: IteratorResult<unknown, unknown> = await source.next();
    if (next.done === true) return { text, done: true };
    check(next.value);
    text += `${JSON.stringify(next.value)}\n`;
  }
  return { text, done: false };
}
