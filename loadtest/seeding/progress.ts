/** Where progress is written, as `process.stderr` is. */
export interface ProgressOutput {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how much is done. */
export interface Progress {
  /** One more is done. */
  advance(): void;
  /** Leaves the cursor at the start of a line. */
  end(): void;
}

/** Writes in place on a terminal, at each whole per cent; elsewhere a line at each tenth. */
export function createProgress(output: ProgressOutput, total: number, noun: string): Progress {
  const inPlace = output.isTTY === true;
  const step = inPlace ? 1 : 10;
  let done = 0;
  let shown = 0;
  return {
    advance: () => {
      done += 1;
      const percent = Math.floor((done / total) * 100);
      if (percent < shown + step) return;
      shown = percent - (percent % step);
      const text = `${done} of ${total} ${noun} (${percent} %)`;
      output.write(inPlace ? `\r${text}` : `${text}\n`);
    },
    end: () => {
      if (inPlace && shown > 0) output.write("\n");
    },
  };
}
