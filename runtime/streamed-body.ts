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
 * A body of JSON texts, one a line (NDJSON), which is read no faster than its client takes it. The first line is made before
 * anything leaves: what keeps the answer from beginning is a failure like any other. One that breaks off later does so visibly: the
 * connection ends without the end of the body (RFC 9112, 8).
 * @throws what the first line throws, or its check
 */
export async function streamedBody({
  lines,
  check,
  ended,
}: StreamedBodyOptions): Promise<ReadableStream<Uint8Array>> {
  const source = lines[Symbol.asyncIterator]();
  let first: string | null = await nextLine(source, check);
  const encoder = new TextEncoder();
  const isFirst = once();
  const chunk = async (): Promise<{ readonly text: string; readonly done: boolean }> => {
    if (first === null) return { text: "", done: true };
    const rest = await nextChunk(first, source, check);
    first = rest.done ? null : "";
    return rest;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { text, done } = await chunk();
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
  begun: string,
  source: AsyncIterator<unknown>,
  check: (line: unknown) => void,
): Promise<{ readonly text: string; readonly done: boolean }> {
  let text = begun;
  while (text.length < CHUNK) {
    const line = await nextLine(source, check);
    if (line === null) return { text, done: true };
    text += line;
  }
  return { text, done: false };
}

/** @returns `null` after the last */
async function nextLine(
  source: AsyncIterator<unknown>,
  check: (line: unknown) => void,
): Promise<string | null> {
  const next: IteratorResult<unknown, unknown> = await source.next();
  if (next.done === true) return null;
  check(next.value);
  return `${JSON.stringify(next.value)}\n`;
}
