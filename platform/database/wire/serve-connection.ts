import type { Socket } from "node:net";
import { FrameReader } from "./frame-reader.ts";
import type { WireRequest } from "./message.ts";
import { ProtocolError, readMessage, writeReply } from "./message.ts";

/** A command that waits for its turn. */
export interface PendingRequest {
  readonly request: WireRequest;
  /** Takes the BSON of the answer. */
  readonly reply: (body: Uint8Array) => void;
}

/**
 * Reads commands from a connection, in order. What is no message ends this connection, and nothing else.
 *
 * @param maxMessageBytes the largest message that is read
 */
export function serveConnection(
  socket: Socket,
  maxMessageBytes: number,
  enqueue: (pending: PendingRequest) => void,
): void {
  const reader = new FrameReader(maxMessageBytes);
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    try {
      for (const message of reader.push(chunk)) enqueue(pendingOf(socket, readMessage(message)));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      socket.destroy();
    }
  });
}

function pendingOf(socket: Socket, request: WireRequest): PendingRequest {
  return {
    request,
    reply: (body) => {
      if (!request.silent && socket.writable) socket.write(writeReply(request, body));
    },
  };
}
