/** A request as it goes over the wire. */
export interface SentRequest {
  readonly method: string;
  /** Path and query, escaped. */
  readonly target: string;
  /** Names and values in the order in which they are sent; the keys that open gateway and apps are not among them. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | null;
  readonly key: "right" | "none" | "wrong";
}

/** All values of a header as one list (RFC 9110, 5.3), `null` when it was not sent. White space around it is no part of it. */
export function headerOf({ headers }: SentRequest, name: string): string | null {
  const values = headers.filter(([sent]) => sent.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? null : values.join(", ").replace(/^[ \t]+|[ \t]+$/g, "");
}

/** The segments of the path, as they were sent. */
export function segmentsOf({ target }: SentRequest): string[] {
  return (target.split("?", 1)[0] ?? "").split("/").slice(1);
}

/** The query's names and values, decoded as the form encoding of the URL standard. */
export function queryOf({ target }: SentRequest): [string, string][] {
  const at = target.indexOf("?");
  return at < 0 ? [] : [...new URLSearchParams(target.slice(at))];
}
