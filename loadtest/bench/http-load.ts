import { connect } from "node:net";
import { createResponseReader } from "./response-reader.ts";

/** What to send, how hard and for how long. */
export interface Load {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  connections: number;
  milliseconds: number;
}

/** What came back. */
export interface LoadResult {
  /** Responses with a status of 2xx. */
  answered: number;
  /** All others. */
  refused: number;
  seconds: number;
  /** The median time of an answer, in milliseconds. */
  p50: number;
  /** The 99th percentile, in milliseconds. */
  p99: number;
}

/**
 * Sends the same request again and again over keep-alive connections, each the next one when the last is answered. The
 * request's bytes are made once and responses are not looked into, so that the load costs little beside what it measures.
 */
export async function httpLoad(load: Load): Promise<LoadResult> {
  const bytes = requestBytes(load);
  const times: number[] = [];
  let refused = 0;
  const startedAt = performance.now();
  const onAnswer = (status: number, milliseconds: number) => {
    times.push(milliseconds);
    if (status < 200 || status > 299) refused += 1;
    return performance.now() < startedAt + load.milliseconds;
  };
  await Promise.all(
    Array.from({ length: load.connections }, () => connection(new URL(load.url), bytes, onAnswer)),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { answered: times.length - refused, refused, seconds, p50: percentile(0.5), p99: percentile(0.99) };
}

function requestBytes({ url, method, headers, body = "" }: Load): Buffer {
  const { host, pathname, search } = new URL(url);
  const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host, ...length, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

/** @param onAnswer whether to send another request */
function connection(
  url: URL,
  request: Buffer,
  onAnswer: (status: number, milliseconds: number) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const reader = createResponseReader();
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    let sentAt = 0;
    let isOver = false;
    const send = () => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on("connect", send);
    socket.on("data", (chunk) => {
      const status = reader.read(chunk);
      if (status === undefined) return;
      isOver = !onAnswer(status, performance.now() - sentAt);
      if (isOver) socket.destroy();
      else send();
    });
    socket.on("error", reject);
    socket.on("close", () =>
      isOver ? resolve() : reject(new Error(`${url.host} has closed a connection.`)),
    );
  });
}
