/** Which access wrote a version: what tells, after a crash, whether a change was made before its outcome was recorded. */
export interface AccessMark {
  readonly accessId: string;
  /** Absent where many documents were changed at once. */
  readonly version?: number;
}

/** The marks of a stored document, the latest last. Nobody but the store and the reconciler sees them. */
export interface Marked {
  readonly accesses?: readonly AccessMark[];
}

/** How many marks a document keeps: those of the accesses that may still be without an outcome. */
export const MAX_MARKS = 16;

/** What adds a mark to every document that an update changes. */
export function pushMark(accessId: string) {
  return { accesses: { $each: [{ accessId }], $slice: -MAX_MARKS } };
}

/** What a document's marks are after one more. */
export function marksAfter({ accesses = [] }: Marked, mark: AccessMark): readonly AccessMark[] {
  return [...accesses, mark].slice(-MAX_MARKS);
}

/** The marks of a document; none for one that was stored before there were any. */
export function marksIn(document: object): Marked {
  return "accesses" in document && Array.isArray(document.accesses)
    ? { accesses: document.accesses as AccessMark[] }
    : {};
}
