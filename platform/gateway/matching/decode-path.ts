/**
 * The decoded segments of a path, without the empty one behind a trailing slash; `/` has none.
 *
 * @returns null for a malformed escape, for a NUL, which web servers refuse each in their own way, and for `.` and `..`,
 * which a backend could resolve to another operation's address
 */
export function decodePath(path: string): string[] | null {
  const segments = path.split("/");
  segments.shift();
  if (segments.at(-1) === "") segments.pop();
  for (let index = 0; index < segments.length; index++) {
    const segment = decodeSegment(segments[index] ?? "");
    if (segment === null || segment === "." || segment === "..") return null;
    segments[index] = segment;
  }
  return segments;
}

function decodeSegment(segment: string): string | null {
  if (!segment.includes("%")) return segment;
  try {
    const decoded = decodeURIComponent(segment);
    return decoded.includes("\0") ? null : decoded;
  } catch {
    return null;
  }
}

/** The rest of a raw path behind its first `count` segments; empty, or beginning with `/`. */
export function behindSegments(path: string, count: number): string {
  let at = 0;
  for (let passed = 0; passed < count; passed++) {
    at = path.indexOf("/", at + 1);
    if (at === -1) return "";
  }
  return path.slice(at);
}
