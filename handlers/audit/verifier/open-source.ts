import { createReadStream } from "node:fs";
import { isUrl } from "./read-options.ts";
import { messageOf, UnjudgedError } from "./unjudged-error.ts";

export interface SourceSurroundings {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The subscription key that an address is asked with. */
  readonly subscriptionKey: string | undefined;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

/** An export to be read. */
export interface Source {
  /** What messages call it. */
  readonly name: string;
  /** @throws {UnjudgedError} while it is gone through, when reading breaks off */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** How much of a file is read at once, in bytes. */
const CHUNK = 1_048_576;

/**
 * Opens a file, standard input or the address of an export. A key is sent in the header that API Management reads it from
 * (https://learn.microsoft.com/azure/api-management/api-management-subscriptions), and to nobody whom the address redirects to.
 * @throws {UnjudgedError} when an address does not answer with 200
 */
export async function openSource(source: string, surroundings: SourceSurroundings): Promise<Source> {
  if (source === "-") return whole("standard input", surroundings.stdin);
  if (isUrl(source)) return whole("the download", await download(source, surroundings));
  return whole(source, createReadStream(source, { highWaterMark: CHUNK }));
}

function whole(name: string, chunks: AsyncIterable<Uint8Array>): Source {
  return { name, chunks: withMessage(name, chunks) };
}

async function* withMessage(name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw new UnjudgedError(`${name}: reading broke off: ${messageOf(error)}`, { cause: error });
  }
}

async function download(
  url: string,
  { subscriptionKey, fetch: ask = fetch }: SourceSurroundings,
): Promise<AsyncIterable<Uint8Array>> {
  if (subscriptionKey !== undefined) expectPrivacy(new URL(url));
  const headers = {
    accept: "application/x-ndjson",
    ...(subscriptionKey !== undefined && { "ocp-apim-subscription-key": subscriptionKey }),
  };
  const { status, body } = await ask(url, { headers, redirect: "manual" }).catch((error: unknown) => {
    const { cause } = error as { cause?: unknown };
    throw new UnjudgedError(`the address does not answer: ${messageOf(cause ?? error)}`, { cause: error });
  });
  if (status === 200 && body) return body;
  await body?.cancel();
  throw new UnjudgedError(`the address answers ${status}${HINTS[status] ?? ""}`);
}

const HINTS: Readonly<Record<number, string>> = {
  401: ": set AUDIT_KEY to the key of a subscription that may export",
  403: ": the subscription may not export",
  404: ": no such export, or no such checkpoint",
  429: ": too many exports; try again later",
};

function expectPrivacy({ protocol, hostname }: URL): void {
  if (protocol === "https:" || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return;
  throw new UnjudgedError("a key is sent over https only, or to this machine");
}
