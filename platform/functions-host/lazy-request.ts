import { headersOf, urlOf, type HttpInput } from "./http-input.ts";
import { readSignedInUser } from "./signed-in-user.ts";

/**
 * A request with the interface of the library's `HttpRequest` that makes nothing before it is asked for: most handlers
 * read a method, a few headers, the parameters and one JSON body. Whatever is unusual (streams, forms, blobs, a second
 * read of the body) goes to a native `Request`, as in the library.
 *
 * @see https://learn.microsoft.com/javascript/api/@azure/functions/httprequest
 */
export class LazyRequest {
  readonly method: string;
  readonly params: Record<string, string>;

  readonly #input: HttpInput;
  readonly #readQuery: (input: HttpInput) => URLSearchParams;
  #url: string | undefined;
  #headers: Headers | undefined;
  #query: URLSearchParams | undefined;
  #native: Request | undefined;
  #user: object | null | undefined;
  #isRead = false;

  /** @param readQuery how the query is read, in which Azure's two ways differ */
  constructor(input: HttpInput, readQuery: (input: HttpInput) => URLSearchParams) {
    this.#input = input;
    this.#readQuery = readQuery;
    this.method = input.method;
    this.params = input.params;
  }

  get url(): string {
    return (this.#url ??= urlOf(this.#input));
  }

  get headers(): Headers {
    return (this.#headers ??= new Headers(headersOf(this.#input)));
  }

  get query(): URLSearchParams {
    return (this.#query ??= this.#readQuery(this.#input));
  }

  get user(): object | null {
    this.#user ??= readSignedInUser(this.headers);
    return this.#user;
  }

  get body(): ReadableStream | null {
    return this.#input.body ? this.#toNative().body : null;
  }

  get bodyUsed(): boolean {
    return this.#native?.bodyUsed ?? this.#isRead;
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async text(): Promise<string> {
    if (this.#native || this.#isRead) return this.#toNative().text();
    return decodeUtf8(this.#takeBody());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.#native || this.#isRead) return this.#toNative().arrayBuffer();
    const body = this.#takeBody();
    // A copy of its own: a chunk from the socket is a view of a buffer that others share.
    const copy = new ArrayBuffer(body.length);
    new Uint8Array(copy).set(body);
    return Promise.resolve(copy);
  }

  async blob(): Promise<Blob> {
    return this.#toNative().blob();
  }

  async formData(): Promise<FormData> {
    // Deprecated for large forms, but part of the interface that a handler may rely on.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return this.#toNative().formData();
  }

  clone(): LazyRequest {
    const copy = new LazyRequest(this.#input, this.#readQuery);
    copy.#native = this.#toNative().clone();
    copy.#headers = new Headers(this.headers);
    return copy;
  }

  #takeBody(): Buffer {
    const { body } = this.#input;
    this.#isRead = body !== undefined;
    return body ?? NOTHING;
  }

  #toNative(): Request {
    if (this.#native) return this.#native;
    const { method, body } = this.#input;
    const init = { method, headers: this.headers };
    this.#native = new Request(this.url, body ? { ...init, body: new Uint8Array(body) } : init);
    // What was read here is read there too, so that the next reader meets the native error.
    if (this.#isRead) void this.#native.arrayBuffer();
    return this.#native;
  }
}

const NOTHING = Buffer.alloc(0);

/** Decodes as `Request.text()` does: without a byte order mark. */
function decodeUtf8(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString("utf8", hasMark ? 3 : 0);
}
