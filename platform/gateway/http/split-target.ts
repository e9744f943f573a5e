/** The target of a request line in parts, as sent. */
export interface RequestTarget {
  /** Begins with `/`. */
  readonly path: string;
  /** Empty, or beginning with `?`. */
  readonly queryString: string;
}

/**
 * Splits a target of origin-form or absolute-form; whatever stands behind a `#`, which no client should send, is dropped.
 *
 * @returns null for any other form
 *
 * Source: RFC 9112, section 3.2.
 */
export function splitTarget(target: string): RequestTarget | null {
  const origin = target.startsWith("/") ? target : originForm(target);
  if (origin === null) return null;
  const hash = origin.indexOf("#");
  const whole = hash === -1 ? origin : origin.slice(0, hash);
  const mark = whole.indexOf("?");
  if (mark === -1) return { path: whole, queryString: "" };
  return { path: whole.slice(0, mark), queryString: mark === whole.length - 1 ? "" : whole.slice(mark) };
}

function originForm(target: string): string | null {
  const authority = /^https?:\/\/[^/?#]+/i.exec(target)?.[0];
  if (authority === undefined) return null;
  const rest = target.slice(authority.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}
