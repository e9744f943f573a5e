/**
 * The headers of a message: names in lower case, values in order. A name that a policy wrote keeps its spelling on the wire.
 *
 * Source: RFC 9110, section 5; Microsoft Learn, "set-header" (which headers are joined to one line and which are repeated).
 */
export class HeaderBag extends Map<string, readonly string[]> {
  #spelling: Map<string, string> | null = null;

  /**
   * @param lines names and values in turn, as `IncomingMessage.rawHeaders` has them; hop-by-hop headers are left out
   */
  static fromLines(lines: readonly string[]): HeaderBag {
    const bag = new HeaderBag();
    for (let index = 0; index + 1 < lines.length; index += 2)
      bag.#add((lines[index] ?? "").toLowerCase(), lines[index + 1] ?? "");
    bag.#dropHopByHop();
    return bag;
  }

  /** @param parsed lower-case names, as undici parses a response */
  static fromParsed(parsed: Readonly<Record<string, string | string[] | undefined>>): HeaderBag {
    const bag = new HeaderBag();
    for (const name in parsed) {
      const value = parsed[name];
      if (value !== undefined) bag.set(name, typeof value === "string" ? [value] : value);
    }
    bag.#dropHopByHop();
    return bag;
  }

  /** Sets a header to these values and nothing else. */
  write(name: string, values: readonly string[]): void {
    const key = name.toLowerCase();
    this.set(key, values);
    if (key !== name) (this.#spelling ??= new Map()).set(key, name);
  }

  /** Adds values behind those that are there. */
  append(name: string, values: readonly string[]): void {
    this.write(name, [...(this.get(name.toLowerCase()) ?? []), ...values]);
  }

  /** All values joined with a comma, or undefined when the header is absent. */
  joined(name: string): string | undefined {
    const values = this.get(name);
    return values?.length === 1 ? values[0] : values?.join(",");
  }

  /**
   * Names and values in turn, for the wire.
   * @param except names, in lower case, that are left out
   */
  toLines(except: ReadonlySet<string>): string[] {
    const lines: string[] = [];
    for (const [key, values] of this) {
      if (except.has(key)) continue;
      const name = this.#spelling?.get(key) ?? key;
      if (values.length === 1) lines.push(name, values[0] ?? "");
      else if (repeated.has(key)) for (const value of values) lines.push(name, value);
      else lines.push(name, values.join(","));
    }
    return lines;
  }

  #add(key: string, value: string): void {
    const earlier = this.get(key);
    this.set(key, earlier === undefined ? [value] : [...earlier, value]);
  }

  #dropHopByHop(): void {
    const connection = this.get("connection");
    if (connection !== undefined)
      for (const name of connection.join(",").split(",")) this.#dropListed(name.trim().toLowerCase());
    for (const name of hopByHop) this.delete(name);
  }

  /** What `Connection` lists, except what the message itself stands on. */
  #dropListed(name: string): void {
    if (name !== "content-length" && name !== "host") this.delete(name);
  }
}

/** RFC 9110, section 7.6.1, and what the first edition of the rule named. `Expect` has been answered by the gateway itself. */
const hopByHop = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
];

const repeated = new Set([
  "user-agent",
  "www-authenticate",
  "proxy-authenticate",
  "cookie",
  "set-cookie",
  "warning",
  "date",
  "expires",
  "if-modified-since",
  "if-unmodified-since",
  "last-modified",
  "retry-after",
]);
