import { ClrValue } from "./clr-value.ts";
import { raise } from "./thrown.ts";

/** `System.Uri`, absolute. */
export class UriValue extends ClrValue {
  readonly typeName = "System.Uri";
  readonly url: URL;
  readonly original: string;

  private constructor(url: URL, original: string) {
    super();
    this.url = url;
    this.original = original;
  }

  /** Null for what is no absolute URI. */
  static parse(text: string): UriValue | null {
    const url = URL.parse(text);
    return url === null ? null : new UriValue(url, text);
  }

  resolve(relative: string): UriValue {
    const url = URL.parse(relative, this.url.href);
    if (url === null)
      return raise("UriFormatException", "Invalid URI: The format of the URI could not be determined.");
    return new UriValue(url, url.href);
  }

  get port(): number {
    if (this.url.port !== "") return Number(this.url.port);
    return this.url.protocol === "https:" ? 443 : this.url.protocol === "http:" ? 80 : -1;
  }

  override text(): string {
    return this.url.href;
  }

  override equals(other: unknown): boolean {
    return other instanceof UriValue && other.url.href === this.url.href;
  }

  override key(): string {
    return `uri:${this.url.href}`;
  }
}

/** `Uri.EscapeDataString`: everything but the unreserved characters of RFC 3986. */
export function escapeData(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
