/** Finds where HTTP/1.1 responses end in what a connection receives. */
export interface ResponseReader {
  /**
   * @returns the status of the response that this chunk ends, or undefined when it is not over yet
   * @throws Error when the response has neither a length nor chunks
   */
  read(chunk: Buffer): number | undefined;
}

/** For one connection that sends its next request after the response to the last one, so that responses never touch. */
export function createResponseReader(): ResponseReader {
  let received: Buffer = Buffer.alloc(0);
  return {
    read(chunk) {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const headEnd = received.indexOf("\r\n\r\n");
      if (headEnd === -1) return undefined;
      const head = received.toString("latin1", 0, headEnd);
      if (!isOver(head, received, headEnd + 4)) return undefined;
      received = Buffer.alloc(0);
      return Number(head.slice(9, 12));
    },
  };
}

/** RFC 9112, 6.3. */
function isOver(head: string, received: Buffer, bodyStart: number): boolean {
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return received.length >= bodyStart + Number(length);
  if (/^transfer-encoding: *chunked/im.test(head))
    return received
      .subarray(bodyStart - 2)
      .toString("latin1")
      .endsWith("\r\n0\r\n\r\n");
  throw new Error(`A response says not how long it is: ${head.split("\r\n")[0] ?? ""}`);
}
