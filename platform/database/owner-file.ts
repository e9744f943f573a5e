import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Notes which process holds the database, for the message to one that comes second. The lock itself is SQLite's. */
export function writeOwner(folder: string, name: string): void {
  writeFileSync(ownerFile(folder, name), `${process.pid}\n`, { mode: 0o600 });
}

/** The process id that was noted; `undefined` when there is none. */
export function readOwner(folder: string, name: string): number | undefined {
  try {
    const pid = Number(readFileSync(ownerFile(folder, name), "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function ownerFile(folder: string, name: string): string {
  return join(folder, `${name}.pid`);
}
