/** A request's path and query, ready for routing. */
export interface RequestTarget {
  /** Decoded segments; a trailing slash makes none. */
  segments: string[];
  /** Query with its `?`, as it was sent; `""` when there is none. */
  search: string;
  /** The target as an absolute path with its query. */
  path: string;
}

/**
 * Reads the target of a request line as Kestrel does: dot segments are removed, `%2F` stays as it is, malformed escapes
 * stay as they are.
 *
 * @returns `undefined` for what is no path, or holds a NUL: a 400
 */
export function parseRequestTarget(target: string): RequestTarget | undefined {
  if (!target.startsWith("/")) return parseAbsolute(target);
  const end = target.indexOf("?");
  const path = end < 0 ? target : target.slice(0, end);
  const search = end < 0 ? "" : target.slice(end);
  if (HAS_DOT_SEGMENT.test(path)) return parsePath(withoutDotSegments(path), search);
  return parsePath(path, search);
}

const HAS_DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** A proxy's form of the request line (RFC 9112, 3.2.2). */
function parseAbsolute(target: string): RequestTarget | undefined {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return undefined;
  const { pathname, search } = new URL(target);
  return parsePath(pathname, search);
}

function withoutDotSegments(path: string): string {
  return new URL(`http://host${path}`).pathname;
}

function parsePath(path: string, search: string): RequestTarget | undefined {
  const segments = path.split("/");
  segments.shift();
  if (segments.at(-1) === "") segments.pop();
  if (!path.includes("%")) return { segments, search, path: path + search };
  const decoded = segments.map(decodeSegment);
  return decoded.some((segment) => segment.includes("\0"))
    ? undefined
    : { segments: decoded, search, path: path + search };
}

function decodeSegment(segment: string): string {
  try {
    return segment
      .split(/(%2f)/i)
      .map((part, index) => (index % 2 === 1 ? part : decodeURIComponent(part)))
      .join("");
  } catch {
    return segment;
  }
}
