import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** What the system's `sockaddr_un` holds, less its closing 0. */
const maxPathBytes = 107;

/**
 * Where the socket of a database goes: into its folder or, when no socket can be reached by such a path, into a
 * folder of the user's own below the system's temporary one.
 *
 * @param directory absolute path of the database's folder, which only its user may enter
 * @throws {Error} when the temporary folder is someone else's
 */
export function socketPath(directory: string, name: string): string {
  const path = join(directory, `${name}.sock`);
  if (isUsable(path)) return path;
  const hash = createHash("sha256").update(directory).digest("hex").slice(0, 16);
  const folder = join(tmpdir(), `specimen-${hash}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  assertPrivate(folder);
  return assertUsable(join(folder, `${name}.sock`));
}

/** Someone else could have made the folder first, to be the database. */
function assertPrivate(folder: string): void {
  const status = lstatSync(folder);
  const isOurs = status.isDirectory() && status.uid === userInfo().uid && (status.mode & 0o077) === 0;
  if (!isOurs)
    throw new Error(
      `${folder} must be a folder that belongs to you alone (mode 0700): remove it and start again`,
    );
}

function assertUsable(path: string): string {
  if (isUsable(path)) return path;
  throw new Error(
    `${path} must be at most ${maxPathBytes} bytes long, without "%": set TMPDIR to another folder`,
  );
}

/** The driver decodes a socket's path twice, so a "%" in it would be lost. */
function isUsable(path: string): boolean {
  return Buffer.byteLength(path) <= maxPathBytes && !path.includes("%");
}
