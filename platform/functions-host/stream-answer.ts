import type { ServerResponse } from "node:http";

import type { BodySource } from "./body-source.ts";
import { writeAnswer, writeHead, type HttpAnswer } from "./http-answer.ts";

/**
 * Writes an answer whose body is still being made: the head with the first piece, and each piece once the client has
 * taken those before it, so that no more than a few pieces are ever held. When the client goes away, or is cut off, the
 * source is cancelled.
 *
 * In Azure the same travels through the worker's `HttpUri` proxy, a second HTTP hop for every request of the app; here
 * host and app are one process, and only answers that are streams come this way.
 *
 * @returns when the answer is written, or the client gone
 * @throws what the source failed with; the head has been sent when `response.headersSent` says so
 * @see https://learn.microsoft.com/azure/azure-functions/functions-reference-node#http-streams
 */
export async function streamAnswer(
  response: ServerResponse,
  answer: HttpAnswer,
  source: BodySource,
  isLast: boolean,
): Promise<void> {
  if (isBodiless(response, answer)) {
    if (!response.destroyed) writeBodiless(response, answer, isLast);
    await source.cancel();
    return;
  }
  const client = watchClient(response, source);
  try {
    await writePieces(response, answer, source, isLast, client);
  } catch (error) {
    // What a source fails with because it was cancelled is no failure.
    if (client.isGone()) return;
    // Its answer may be refused while the source itself is well: a head that cannot be written, a piece of no use.
    source.cancel().catch(() => undefined);
    throw error;
  } finally {
    client.forget();
  }
  await client.cancelled();
}

/** Statuses that the native `Response` has no body for. */
const BODILESS = new Set([204, 205, 304]);

function isBodiless({ req }: ServerResponse, { status }: HttpAnswer): boolean {
  return req.method === "HEAD" || BODILESS.has(status);
}

function writeBodiless(response: ServerResponse, answer: HttpAnswer, isLast: boolean): void {
  if (BODILESS.has(answer.status)) {
    writeAnswer(response, answer, isLast);
    return;
  }
  // HEAD: the length of a stream is not known, and an announced zero would be a lie.
  writeHead(response, answer, [], isLast);
  response.end();
}

interface Client {
  isGone(): boolean;
  /** Resolves when the client has taken what was written, or is gone. */
  drained(): Promise<void>;
  /** Rejects with what the source answered its cancellation with, if there was one. */
  cancelled(): Promise<unknown>;
  forget(): void;
}

/** Cancels the source when the connection ends; also for a pipelined answer, which gets no event of its own. */
function watchClient(response: ServerResponse, source: BodySource): Client {
  const { socket } = response.req;
  let isGone = false;
  let cancelled: Promise<unknown> = Promise.resolve();
  let go = (): void => undefined;
  const onDrain = () => go();
  const onClose = () => {
    isGone = true;
    cancelled = source.cancel();
    // Looked at in the end; until then a rejection must not count as unhandled.
    cancelled.catch(() => undefined);
    go();
  };
  if (socket.destroyed) onClose();
  else socket.once("close", onClose);
  response.on("drain", onDrain);
  return {
    isGone: () => isGone,
    drained: () => (isGone ? Promise.resolve() : new Promise((resolve) => (go = resolve))),
    cancelled: () => cancelled,
    forget: () => {
      socket.off("close", onClose);
      response.off("drain", onDrain);
    },
  };
}

async function writePieces(
  response: ServerResponse,
  answer: HttpAnswer,
  source: BodySource,
  isLast: boolean,
  client: Client,
): Promise<void> {
  while (!client.isGone()) {
    const { done, value } = await source.next();
    if (client.isGone()) return;
    const piece = done === true ? undefined : toPiece(value);
    if (!response.headersSent) writeHead(response, answer, [], isLast);
    if (piece === undefined) {
      response.end();
      return;
    }
    if (!response.write(piece)) await client.drained();
  }
}

function toPiece(value: unknown): string | Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  throw new TypeError("a piece of a streamed body is neither a string nor bytes");
}
