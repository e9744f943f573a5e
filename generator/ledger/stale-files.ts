import type { Position } from "../finding.ts";

/** A generated file that a change of the sources has left behind. */
export interface StaleFile {
  readonly path: string;
  /** The sources that it can depend on: files, or folders with a slash at the end. */
  readonly from: readonly string[];
  /** What it should hold; `undefined` for one that should not be there. */
  readonly content: string | undefined;
}

/** A place of the sources, and the paths of what its change makes stale, in order. */
export interface PlaceWithStale {
  readonly at: Position;
  readonly paths: readonly string[];
}

export function dependsOn({ from }: StaleFile, source: string): boolean {
  return from.some((one) => (one.endsWith("/") ? source.startsWith(one) : source === one));
}

/** Gathers which places account for which stale files. */
export class StaleFiles {
  readonly #stale: readonly StaleFile[];
  readonly #places = new Map<string, { at: Position; paths: Set<string> }>();

  constructor(stale: readonly StaleFile[]) {
    this.#stale = stale;
  }

  /** Adds those of the paths that are stale. A place that several contracts share is one place. */
  explain(at: Position, paths: readonly string[]): void {
    const known = this.#places.get(keyOf(at)) ?? { at, paths: new Set() };
    this.#places.set(keyOf(at), known);
    for (const { path } of this.#stale) if (paths.includes(path)) known.paths.add(path);
  }

  /** The places so far, in the order of their discovery, each that accounts for something. */
  places(): PlaceWithStale[] {
    return [...this.#places.values()]
      .filter(({ paths }) => paths.size > 0)
      .map(({ at, paths }) => ({ at, paths: [...paths].sort() }));
  }

  /** The places that account for nothing yet. */
  idle(): Position[] {
    return [...this.#places.values()].filter(({ paths }) => paths.size === 0).map(({ at }) => at);
  }

  /** What no place accounts for. */
  unexplained(): StaleFile[] {
    const explained = new Set([...this.#places.values()].flatMap(({ paths }) => [...paths]));
    return this.#stale.filter(({ path }) => !explained.has(path));
  }
}

function keyOf({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
