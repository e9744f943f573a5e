import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A clock that a process started with these settings goes by. */
export interface SkewedClock {
  readonly settings: Readonly<Record<string, string>>;
  /** From now on the clock differs from the machine's, in milliseconds. */
  skew(milliseconds: number): void;
  remove(): void;
}

export function skewedClock(): SkewedClock {
  const directory = mkdtempSync(join(tmpdir(), "specimen-clock-"));
  const file = join(directory, "skew");
  const descriptor = openSync(file, "w");
  const skew = (milliseconds: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(milliseconds);
    // In place, and at once: whoever reads must not see an empty file.
    writeSync(descriptor, bytes, 0, bytes.length, 0);
  };
  skew(0);
  const module = new URL("./skewed-clock.ts", import.meta.url).href;
  return {
    settings: { CLOCK_FILE: file, NODE_OPTIONS: `--import=${module} --disable-warning=ExperimentalWarning` },
    skew,
    remove() {
      closeSync(descriptor);
      rmSync(directory, { recursive: true });
    },
  };
}
