import { get, type IncomingMessage } from "node:http";

/** Sends a GET on a connection of its own and gives the answer once its head is here; nothing of the body is read. */
export function openStream(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      // A test that leaves, or is left, looks at `complete`; without a listener the error would end the process.
      resolve(response.on("error", () => undefined));
    }).on("error", reject);
  });
}

/** Reads the next piece, however long it is. */
export async function readPiece(response: IncomingMessage): Promise<string> {
  for (;;) {
    const piece: unknown = response.read();
    if (Buffer.isBuffer(piece)) return piece.toString();
    await new Promise((resolve) => response.once("readable", resolve));
  }
}

/** Reads to the end, or to where the connection breaks; `response.complete` tells which. */
export function countRest(response: IncomingMessage): Promise<number> {
  return new Promise((resolve) => {
    let length = 0;
    response.on("data", (piece: Buffer) => (length += piece.length));
    response.once("close", () => resolve(length));
  });
}
