import type { Waiting } from "./append-call.ts";

/** What goes into the next batches: at most one batch a stream. */
export type Turn = Map<string, readonly Waiting[]>;

/** Of one batch, in bytes of UTF-8: ids and nodes take room as well, and a document stays below 1 MB. */
export const MAX_BYTES = 700_000;
export const MAX_ENTRIES = 512;

/**
 * Takes what fits into one batch a stream, in the order of arrival. An entry whose id is in the turn already stays behind:
 * in its own turn it meets what has become of the other.
 */
export function takeTurn(waiting: readonly Waiting[]): { readonly turn: Turn; readonly rest: Waiting[] } {
  const taken = new Map<string, Draft>();
  const ids = new Set<string>();
  const rest: Waiting[] = [];
  for (const one of waiting) {
    const { id, stream, text } = one.entry;
    const draft = taken.get(stream) ?? { entries: [], bytes: 0, full: false };
    taken.set(stream, draft);
    const bytes = draft.full ? 0 : Buffer.byteLength(text);
    draft.full ||= draft.entries.length >= MAX_ENTRIES || isOver(draft, bytes);
    if (draft.full || ids.has(id)) {
      rest.push(one);
      continue;
    }
    ids.add(id);
    draft.entries.push(one);
    draft.bytes += bytes;
  }
  return { turn: new Map([...taken].map(([stream, { entries }]) => [stream, entries])), rest };
}

interface Draft {
  readonly entries: Waiting[];
  bytes: number;
  /** Nothing that comes later may overtake what did not fit. */
  full: boolean;
}

/** A text that is longer than a batch may be has one of its own. */
function isOver({ entries, bytes }: Draft, added: number): boolean {
  return entries.length > 0 && bytes + added > MAX_BYTES;
}
