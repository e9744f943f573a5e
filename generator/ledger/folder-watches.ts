import { statSync, watch, type FSWatcher } from "node:fs";
import { errorCode } from "./error-code.ts";

interface FolderWatch {
  readonly watcher: FSWatcher;
  /** A folder that was replaced by another of its name is not the one that is watched. */
  readonly identity: string;
}

/** Says whether something that happened to a name in a folder counts. `null`: the system does not say which name. */
export type EventFilter = (folder: string, name: string | null) => boolean;

/** Watches on folders, each for what is directly in it. */
export class FolderWatches {
  readonly #watches = new Map<string, FolderWatch>();
  readonly #happened: () => void;

  constructor(happened: () => void) {
    this.#happened = happened;
  }

  /**
   * Watches these folders from now on, and no other; one that is watched already stays so.
   * @throws {Error} when the system has no watch left to give
   */
  replace(folders: readonly string[], counts: EventFilter): void {
    for (const folder of this.#watches.keys()) {
      if (!folders.includes(folder)) this.#close(folder);
    }
    for (const folder of folders) {
      const identity = identityOf(folder);
      if (this.#watches.get(folder)?.identity === identity) continue;
      this.#close(folder);
      if (identity !== undefined) this.#open(folder, identity, counts);
    }
  }

  close(): void {
    for (const folder of this.#watches.keys()) this.#close(folder);
  }

  #open(folder: string, identity: string, counts: EventFilter): void {
    const watcher = this.#watch(folder, counts);
    if (!watcher) return;
    // A folder that goes away may be told as an error: what became of it is seen the next time.
    watcher.on("error", this.#happened);
    this.#watches.set(folder, { watcher, identity });
  }

  #watch(folder: string, counts: EventFilter): FSWatcher | undefined {
    try {
      return watch(folder, (_event, name) => {
        if (counts(folder, name)) this.#happened();
      });
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw new Error(`${folder} cannot be watched: ${String(error)}`, { cause: error });
    }
  }

  #close(folder: string): void {
    this.#watches.get(folder)?.watcher.close();
    this.#watches.delete(folder);
  }
}

/** File systems give a number again that has become free. */
function identityOf(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats && `${stats.ino} ${stats.birthtimeMs}`;
}
