import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream";
import { decodePath } from "../matching/decode-path.ts";

/**
 * Serves the files of a directory beside the APIs: `index.html` for directories, `<name>.html` for a path without extension,
 * no listings, nothing outside of the directory, symbolic links included.
 */
export class StaticMount {
  readonly #prefix: string;
  readonly #directory: string;

  /** @param prefix `/portal`, without a slash at its end; @param directory absolute; it may come to exist later */
  constructor(prefix: string, directory: string) {
    this.#prefix = prefix;
    this.#directory = directory;
  }

  async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    if (request.method !== "GET" && request.method !== "HEAD") {
      plainPage(response, 405, "Method not allowed", { Allow: "GET, HEAD" });
      return;
    }
    if (path === this.#prefix) {
      plainPage(response, 301, "Moved", { Location: `${this.#prefix}/` });
      return;
    }
    const segments = decodePath(path.slice(this.#prefix.length));
    const file = segments?.every(isPlain) ? await this.#find(segments, path.endsWith("/")) : null;
    if (file === null) {
      plainPage(response, 404, "Not found", {});
      return;
    }
    response.writeHead(200, { "Content-Type": typeOf(file.path), "Content-Length": file.size, ...safety });
    if (request.method === "HEAD") response.end();
    else pipeline(createReadStream(file.path), response, () => undefined);
  }

  /** The first of the files that a path may stand for. */
  async #find(
    segments: readonly string[],
    directory: boolean,
  ): Promise<{ path: string; size: number } | null> {
    const base = join(this.#directory, ...segments);
    const candidates = directory
      ? [join(base, "index.html")]
      : [base, join(base, "index.html"), `${base}.html`];
    for (const candidate of candidates) {
      const found = await this.#readable(candidate);
      if (found) return found;
    }
    return null;
  }

  async #readable(candidate: string): Promise<{ path: string; size: number } | null> {
    try {
      const root = await realpath(this.#directory);
      const path = await realpath(candidate);
      const { size, isFile } = await stat(path).then((found) => ({
        size: found.size,
        isFile: found.isFile(),
      }));
      return isFile && path.startsWith(root + sep) ? { path, size } : null;
    } catch {
      return null;
    }
  }
}

const safety = { "X-Content-Type-Options": "nosniff" };

function isPlain(segment: string): boolean {
  return segment !== "" && !segment.startsWith(".") && !/[\\/\0:]/.test(segment);
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".yaml": "application/yaml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

function typeOf(path: string): string {
  return types[extname(path).toLowerCase()] ?? "application/octet-stream";
}

function plainPage(
  response: ServerResponse,
  status: number,
  title: string,
  headers: Readonly<Record<string, string>>,
): void {
  const page = `<!doctype html><title>${title}</title><p>${title}.</p>\n`;
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(page),
    ...safety,
    ...headers,
  });
  response.end(page);
}
