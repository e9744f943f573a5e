import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";

export interface StoredBlob {
  readonly content: Buffer;
  readonly contentType: string;
  /** Quoted (RFC 9110, 8.8.3). */
  readonly etag: string;
  /** As HTTP writes a date. */
  readonly lastModified: string;
}

/** Blobs that can be written once. */
export interface Container {
  get(name: string): StoredBlob | undefined;
  /** Makes a blob; durable when the call returns. `undefined` when there is one of that name. */
  create(name: string, content: Buffer): StoredBlob | undefined;
  /** The names that begin with a prefix, in order. */
  names(prefix: string): string[];
}

/** Opens a container: a folder whose files are its blobs. */
export function openContainer(directory: string, container: string): Container {
  const root = join(directory, container);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const get = (name: string): StoredBlob | undefined => {
    const file = join(root, name);
    return existsSync(file) && statSync(file).isFile() ? read(file) : undefined;
  };
  return {
    get,
    create(name, content) {
      const file = join(root, name);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      return writeOnce(file, content) ? get(name) : undefined;
    },
    names: (prefix) =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith(TEMPORARY))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
        .filter((name) => name.startsWith(prefix))
        .sort(),
  };
}

const TEMPORARY = ".new-";

/** A link, unlike a rename, does not replace what is there; and what is linked has all its bytes. */
function writeOnce(file: string, content: Buffer): boolean {
  const temporary = join(dirname(file), `${TEMPORARY}${randomUUID()}`);
  try {
    writeFileSync(temporary, content, { mode: 0o400, flush: true });
    linkSync(temporary, file);
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  syncDirectory(dirname(file));
  return true;
}

function isTaken(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "EEXIST";
}

/** Makes the new name durable. Windows has no such call on a directory and needs none. */
function syncDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function read(file: string): StoredBlob {
  const content = readFileSync(file);
  return {
    content,
    contentType: file.endsWith(".json") ? "application/json" : "application/octet-stream",
    etag: `"0x${createHash("sha256").update(content).digest("hex").slice(0, 16).toUpperCase()}"`,
    lastModified: statSync(file).mtime.toUTCString(),
  };
}
