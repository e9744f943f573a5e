/** A line of a text that may be without end. */
export interface Line {
  /** From 1 on. */
  readonly number: number;
  /** Without its end. Of a line that is too long, the beginning. */
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
  /** False for the last line when nothing ends it. */
  readonly isEnded: boolean;
}

const NEWLINE = 0x0a;

/**
 * Cuts bytes into lines. No more is kept in memory than one chunk and one line.
 * @param maxBytes of a line; what is longer ends the reading
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      parts.push(bytes.subarray(from, end));
      length += end - from;
      if (length > maxBytes) break;
      yield { number, bytes: joined(parts), isTooLong: false, isEnded: true };
      [number, parts, length, from] = [number + 1, [], 0, end + 1];
    }
    if (length <= maxBytes) {
      parts.push(bytes.subarray(from));
      length += bytes.length - from;
    }
    if (length > maxBytes) {
      yield { number, bytes: joined(parts), isTooLong: true, isEnded: false };
      return;
    }
  }
  if (length > 0) yield { number, bytes: joined(parts), isTooLong: false, isEnded: false };
}

function joined(parts: readonly Buffer[]): Buffer {
  const [first] = parts;
  return parts.length === 1 && first ? first : Buffer.concat(parts);
}
