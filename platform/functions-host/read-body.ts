import type { IncomingMessage } from "node:http";

/** Why a body was not read. */
export type BodyFailure = "too-large" | "aborted";

/**
 * Reads a request's body and calls back once: with the bytes, with nothing when there are none, or with why not. A
 * body whose declared length is over the limit is refused before it is read.
 *
 * @param limit in bytes
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  done: (body: Buffer | undefined, failure?: BodyFailure) => void,
): void {
  const declared = request.headers["content-length"];
  if (declared === undefined && request.headers["transfer-encoding"] === undefined) done(undefined);
  else if (Number(declared) > limit) done(undefined, "too-large");
  else collect(request, limit, done);
}

function collect(
  request: IncomingMessage,
  limit: number,
  done: (body: Buffer | undefined, failure?: BodyFailure) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const settle = (body: Buffer | undefined, failure?: BodyFailure) => {
    request.off("data", onData).off("end", onEnd).off("close", onClose);
    done(body, failure);
  };
  const onData = (chunk: Buffer) => {
    length += chunk.length;
    if (length > limit) settle(undefined, "too-large");
    else chunks.push(chunk);
  };
  const onEnd = () => {
    const [only] = chunks;
    settle(length === 0 ? undefined : chunks.length === 1 ? only : Buffer.concat(chunks, length));
  };
  const onClose = () => settle(undefined, "aborted");
  request.on("data", onData).on("end", onEnd).on("close", onClose);
  // Without a listener an aborted upload would end the process.
  request.on("error", () => undefined);
}
