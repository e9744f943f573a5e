import { describe, expect, it } from "@jest/globals";
import { createResponseReader } from "./response-reader.ts";

/** Reads a response that arrives in pieces of so many bytes. */
function read(response: string, size: number): (number | undefined)[] {
  const reader = createResponseReader();
  const bytes = Buffer.from(response);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return pieces.map((piece) => reader.read(piece));
}

const withLength = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const chunked = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
const empty = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
const emptyChunked = "HTTP/1.1 503 Busy\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";

describe("createResponseReader", () => {
  it.each([
    [withLength, 200],
    [chunked, 201],
    [empty, 404],
    [emptyChunked, 503],
  ])("finds the end of %j in pieces of any size, and at the end only", (response, status) => {
    for (const size of [1, 3, 7, 1000]) {
      const results = read(response, size);
      expect(results.at(-1)).toBe(status);
      expect(results.slice(0, -1).every((result) => result === undefined)).toBe(true);
    }
  });

  it("reads one response after another", () => {
    const reader = createResponseReader();
    expect(reader.read(Buffer.from(withLength))).toBe(200);
    expect(reader.read(Buffer.from(empty))).toBe(404);
  });

  it("refuses a response without an end", () => {
    expect(() => read("HTTP/1.1 200 OK\r\n\r\n", 100)).toThrow("says not how long it is");
  });
});
