import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { answerBody } from "../pipeline/default-answers.ts";

/**
 * Answers what node's parser refuses, in the shape of the gateway's other answers; the connection is closed behind it. Never
 * says what was sent.
 *
 * @returns the status, or null when there is nobody to answer
 */
export function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): number | null {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return null;
  }
  const status = statuses[error.code ?? ""] ?? 400;
  const body = answerBody(status, STATUS_CODES[status] ?? "Bad Request");
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  return status;
}

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
