import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";

/** What a line between two processes does to what travels on it. */
export type LineFault =
  /** Nothing. */
  | "none"
  /** Takes everything and answers nothing. */
  | "black-hole"
  /** Nobody listens: `ECONNREFUSED`. */
  | "refuse"
  /** Resets the connection when the first byte of an answer has passed: what was asked has been done. */
  | "reset-after-first-byte"
  /** Resets the connection when half of what a client has sent at once has passed. */
  | "cut-request"
  /** Holds each part of an answer back, in milliseconds. */
  | { readonly delayMs: number };

/** Between a client and its server: passes everything on, until it is told to be at fault. */
export interface TcpProxy {
  readonly port: number;
  /** Where connections go from now on, one after the other in turn; those that there are go on. */
  to(...ports: number[]): void;
  /** From now on, for the connections that there are as well. */
  suffer(fault: LineFault): Promise<void>;
  close(): Promise<void>;
}

/** @param ports of the servers on 127.0.0.1; without any, connections are reset */
export async function tcpProxy(...ports: number[]): Promise<TcpProxy> {
  const line = new Line(ports);
  await line.listen();
  return {
    port: line.port,
    to: (...next) => line.to(next),
    suffer: (fault) => line.suffer(fault),
    close: () => line.close(),
  };
}

/** A client's connection, and the one that was opened for it. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Whether something was swallowed: what comes after it would not be understood. */
  damaged: boolean;
  /** Resolves when the parts of answers that came so far have left. */
  sent: Promise<void>;
}

class Line {
  port = 0;
  readonly #pairs = new Set<Pair>();
  #ports: readonly number[];
  #turn = 0;
  #fault: LineFault = "none";
  #server: Server | undefined;

  constructor(ports: readonly number[]) {
    this.#ports = ports;
  }

  to(ports: readonly number[]): void {
    this.#ports = ports;
  }

  async listen(): Promise<void> {
    const server = createServer((client) => this.#accept(client));
    this.#server = server;
    server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (typeof address === "object" && address) this.port = address.port;
  }

  async suffer(fault: LineFault): Promise<void> {
    this.#fault = fault;
    if (fault === "refuse") return this.close();
    for (const pair of this.#pairs) if (pair.damaged) end(pair);
    if (!this.#server) await this.listen();
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const pair of this.#pairs) end(pair);
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  #accept(client: Socket): void {
    const port = this.#ports[this.#turn++ % this.#ports.length];
    if (port === undefined) return void client.resetAndDestroy();
    const server = connect(port, "127.0.0.1");
    const pair: Pair = { client, server, damaged: false, sent: Promise.resolve() };
    this.#pairs.add(pair);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // What a connection ends with is of no interest, but that it has ended is to the other side.
      socket.on("error", () => end(pair));
      socket.on("close", () => this.#pairs.delete(pair));
    }
    client.on("close", () => server.destroy());
    server.on("close", () => void pair.sent.then(() => client.destroySoon()));
    client.on("data", (chunk: Buffer) => this.#pass(pair, chunk));
    server.on("data", (chunk: Buffer) => this.#passBack(pair, chunk));
  }

  #pass(pair: Pair, chunk: Buffer): void {
    if (this.#fault === "black-hole") {
      pair.damaged = true;
    } else if (this.#fault === "cut-request") {
      pair.server.write(chunk.subarray(0, chunk.length >> 1), () => end(pair));
    } else {
      pair.server.write(chunk);
    }
  }

  #passBack(pair: Pair, chunk: Buffer): void {
    const fault = this.#fault;
    if (fault === "black-hole") {
      pair.damaged = true;
    } else if (fault === "reset-after-first-byte") {
      pair.client.write(chunk.subarray(0, 1), () => end(pair));
    } else if (typeof fault === "object") {
      const due = performance.now() + fault.delayMs;
      pair.sent = pair.sent.then(() => until(due)).then(() => void pair.client.write(chunk));
    } else {
      pair.sent = pair.sent.then(() => void pair.client.write(chunk));
    }
  }
}

function end({ client, server }: Pair): void {
  client.resetAndDestroy();
  server.resetAndDestroy();
}

function until(due: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, Math.max(0, due - performance.now())));
}
