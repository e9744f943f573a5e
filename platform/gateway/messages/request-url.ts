import type { ExpressionUrl, MultiMap } from "../expressions/context.ts";

/**
 * A URL in parts (`IUrl`), whose query can be edited in place: what an edit does not name stays byte for byte as the client
 * sent it. The path of a backend URL leaves the base path of the service out.
 */
export class RequestUrl implements ExpressionUrl {
  scheme: string;
  host: string;
  port: number;
  path: string;
  #queryString: string;
  #query: MultiMap | null = null;

  constructor(origin: UrlOrigin, path: string, queryString: string) {
    this.scheme = origin.scheme;
    this.host = origin.host;
    this.port = origin.port;
    this.path = path;
    this.#queryString = queryString;
  }

  /** Empty, or beginning with `?`. */
  get queryString(): string {
    return this.#queryString;
  }

  set queryString(value: string) {
    this.#queryString = value;
    this.#query = null;
  }

  get query(): MultiMap {
    return (this.#query ??= parseQuery(this.#queryString));
  }

  /** Moves the URL to another server. */
  moveTo(origin: UrlOrigin): void {
    this.scheme = origin.scheme;
    this.host = origin.host;
    this.port = origin.port;
  }

  /** Removes a parameter however its name was escaped. */
  deleteParameter(name: string): void {
    if (this.#queryString === "" || !this.query.has(name)) return;
    const kept = this.#queryString
      .slice(1)
      .split("&")
      .filter((pair) => !parseQuery(pair).has(name));
    this.queryString = kept.length === 0 ? "" : `?${kept.join("&")}`;
  }

  /** Adds parameters at the end. */
  appendParameter(name: string, values: readonly string[]): void {
    const added = values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
    if (added !== "")
      this.queryString = `${this.#queryString === "" ? "?" : `${this.#queryString}&`}${added}`;
  }
}

/** A server's place. */
export interface UrlOrigin {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

function parseQuery(queryString: string): MultiMap {
  const query = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(queryString)) {
    const values = query.get(name);
    if (values) values.push(value);
    else query.set(name, [value]);
  }
  return query;
}
