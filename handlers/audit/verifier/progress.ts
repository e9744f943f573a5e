export interface ProgressOptions {
  /** How many records have been verified so far. */
  readonly records: () => number;
  readonly print: (text: string) => void;
  /** Milliseconds on a clock that only goes forward. */
  readonly elapsed: () => number;
  /** Milliseconds between two reports; a run that is shorter has none. Default: 5,000 */
  readonly intervalMs?: number;
}

/** Reports how far a long run has got. @returns what is to be called often */
export function progress({ records, print, elapsed, intervalMs = 5_000 }: ProgressOptions): () => void {
  const start = elapsed();
  let [last, counted] = [start, 0];
  return () => {
    const now = elapsed();
    if (now - last < intervalMs) return;
    const speed = ((records() - counted) * 1_000) / (now - last);
    print(
      `${grouped(records())} records in ${Math.round((now - start) / 1_000)} s, ${grouped(Math.round(speed))} records/s`,
    );
    [last, counted] = [now, records()];
  };
}

/** A number as people read it, whatever the machine's language: `1,234,567`. */
export function grouped(value: number): string {
  return value.toLocaleString("en");
}
