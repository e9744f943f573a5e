import { connect } from "node:net";

/** A response as it came over the wire, read until the server closed the connection or the answer was whole. */
export interface RawResponse {
  status: number;
  /** Names in lower case; repeated ones joined by a line break. */
  headers: Record<string, string>;
  body: Buffer;
}

/** Writes bytes to a server, one response expected: what no well-behaved client could be made to send. */
export function sendRaw(url: string, ...parts: (string | Buffer)[]): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.on("error", reject);
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      const response = parse(Buffer.concat(chunks));
      if (!response) return;
      resolve(response);
      socket.destroy();
    });
    socket.on("end", () => reject(new Error("the server closed the connection without a whole answer")));
    for (const part of parts) socket.write(part);
  });
}

/** Writes bytes to a server and breaks the connection off. */
export function sendPart(url: string, ...parts: (string | Buffer)[]): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
    socket.on("error", () => undefined).on("close", () => resolve());
    socket.write(bytes, () => socket.resetAndDestroy());
  });
}

/** A request with a `Host` header and the given lines; its length is added when there is a body. */
export function rawRequest(line: string, headers: string[] = [], body: string | Buffer = ""): Buffer {
  const length = body.length > 0 ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
  const head = [`${line} HTTP/1.1`, "Host: specimen.test:7071", ...headers, ...length, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
}

function parse(bytes: Buffer): RawResponse | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    const value = line.slice(line.indexOf(":") + 1).trim();
    headers[name] = name in headers ? `${headers[name] ?? ""}\n${value}` : value;
  }
  const body = bytes.subarray(end + 4);
  if (body.length < Number(headers["content-length"] ?? 0)) return undefined;
  return { status: Number(statusLine.split(" ")[1]), headers, body };
}
