import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { listFiles } from "../files.ts";
import { FolderWatches } from "./folder-watches.ts";
import { SOURCE_FOLDERS } from "./generated-state.ts";
import { hashFiles } from "./hash-files.ts";

export interface WatchOptions {
  readonly print: (line: string) => void;
  /** Called at the beginning, and after each change once there is quiet. Not called again before it has ended. */
  readonly changed: () => Promise<void>;
}

/** Editors write a file in several steps, and a checkout many files. */
const QUIET_MS = 50;

const SIGNALS = ["SIGINT", "SIGTERM"];

const HANDLERS = "handlers";
const FOLDERS = [...SOURCE_FOLDERS, HANDLERS];

/**
 * Watches what is generated from until SIGINT or SIGTERM: the content of `openapi/` and `apim-policies/`, and which files
 * `handlers/` has. Folders are watched, not files, so a file may be replaced by another of its name.
 * @throws {Error} when the system has no watch left to give
 */
export async function watchSources(
  projectDirectory: string,
  { print, changed }: WatchOptions,
): Promise<void> {
  const bell = new Bell();
  const stop = stopAtSignal(() => bell.ring());
  const watches = new FolderWatches(() => bell.ring());
  try {
    watches.replace(foldersOf(projectDirectory), topFilter(projectDirectory));
    let seen = fingerprintOf(projectDirectory);
    await changed();
    print(`watching ${FOLDERS.map((folder) => `${folder}/`).join(", ")}; Ctrl+C ends it`);
    while (await bell.rung(() => stop.asked)) {
      watches.replace(foldersOf(projectDirectory), topFilter(projectDirectory));
      const now = fingerprintOf(projectDirectory);
      if (now === seen) continue;
      seen = now;
      await changed();
    }
  } finally {
    watches.close();
    stop.forget();
  }
}

/** The project's own folder as well: `openapi/` itself may be replaced by another. */
function foldersOf(projectDirectory: string): string[] {
  return [projectDirectory, ...FOLDERS.flatMap((folder) => withSubfolders(join(projectDirectory, folder)))];
}

function withSubfolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const inner = entries.filter((entry) => entry.isDirectory());
    return [folder, ...inner.map((entry) => join(entry.parentPath, entry.name))];
  } catch {
    // Gone, or going: what is left of it is seen the next time.
    return [];
  }
}

/** Of the project's own folder, only those folders count: `generated/` changes with each run. */
function topFilter(projectDirectory: string): (folder: string, name: string | null) => boolean {
  return (folder, name) =>
    relative(projectDirectory, folder) !== "" || name === null || FOLDERS.includes(name);
}

function fingerprintOf(projectDirectory: string): string {
  const handlers = listFiles(join(projectDirectory, HANDLERS));
  return JSON.stringify([hashFiles(projectDirectory, SOURCE_FOLDERS), handlers]);
}

/** Rung by what happens, answered when it has been quiet for a while. */
class Bell {
  #isRinging = false;
  #answer = (): void => undefined;

  ring(): void {
    this.#isRinging = true;
    this.#answer();
  }

  /** Waits until it has rung and there is quiet again. False when there is nothing more to wait for. */
  async rung(isOver: () => boolean): Promise<boolean> {
    if (!this.#isRinging) await new Promise<void>((resolve) => (this.#answer = resolve));
    while (this.#isRinging && !isOver()) {
      this.#isRinging = false;
      await pause(QUIET_MS);
    }
    return !isOver();
  }
}

function stopAtSignal(wake: () => void): { readonly asked: boolean; forget: () => void } {
  const forget = (): void => {
    for (const name of SIGNALS) process.off(name, end);
  };
  const state = { asked: false, forget };
  const end = (): void => {
    state.asked = true;
    wake();
  };
  for (const name of SIGNALS) process.once(name, end);
  return state;
}
