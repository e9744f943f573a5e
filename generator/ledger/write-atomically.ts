import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Writes a file so that whoever reads it, also after a kill in the middle, finds the old content or the new one.
 * @param projectDirectory holds `.build/`, where the new content waits to be whole
 */
export function writeAtomically(projectDirectory: string, path: string, content: string): void {
  const waiting = join(projectDirectory, ".build", `generating-${process.pid}`);
  mkdirSync(dirname(waiting), { recursive: true });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(waiting, content);
  renameSync(waiting, path);
}
