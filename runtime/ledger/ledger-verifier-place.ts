import { batchHash, type BatchHeader } from "./batch.ts";

/** What a line says of where it belongs, as far as that can be read. */
export interface Labels {
  readonly stream?: string;
  readonly seq?: number;
  readonly previous?: string;
}

/** The names that a stream can have. */
export const STREAM_NAMES: ReadonlySet<string> = new Set(
  Array.from({ length: 64 }, (_, number) => `s${String(number).padStart(2, "0")}`),
);

/** Longer than all that stands before a batch's entries. */
const HEAD = 1_000;

/** Reads what a line says of where it belongs; the line may be broken. @returns `undefined` when it is no batch */
export function labelsOf(text: string): Labels | undefined {
  const head = text.slice(0, HEAD);
  if (/^\{"type":"(checkpoint|ledger)"/.test(head)) return undefined;
  const stream = /"stream":"(s\d\d)"/.exec(head)?.[1];
  const seq = /"seq":(\d{1,15})[,}]/.exec(head)?.[1];
  const previous = /"previous":"([0-9a-f]{64})"/.exec(head)?.[1];
  return {
    ...(stream !== undefined && { stream }),
    ...(seq !== undefined && { seq: Number(seq) }),
    ...(previous !== undefined && { previous }),
  };
}

/**
 * Whether it is the batch before that was changed, in what nothing in itself vouches for: the epoch that follows it, or its
 * own when it is the first. Then the batch after it names the hash that it had.
 */
export function isChangedBefore(before: BatchHeader, after: BatchHeader): boolean {
  const { next: _, ...header } = before;
  const epochs = before.seq === 0 ? [before.epoch, after.epoch] : [before.epoch];
  return epochs.some((epoch) => {
    const next = after.epoch === epoch ? {} : { next: after.epoch };
    return batchHash({ ...header, epoch, ...next }) === after.previous;
  });
}
