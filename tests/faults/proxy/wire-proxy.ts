import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Socket } from "node:net";
import { FrameReader } from "../../../platform/database/wire/frame-reader.ts";
import {
  answeredId,
  answerIn,
  readWireMessage,
  refusal,
  wireAnswer,
  withoutItems,
  withRefusedItems,
} from "./wire-command.ts";
import type { WireCommand, WireError, WireMessage } from "./wire-command.ts";

/** What becomes of a command. */
export type WireVerdict =
  | "pass"
  /** It is not executed, and answered with an error. */
  | { readonly refuse: WireError }
  /** Some items of a bulk write are not executed, and told as write errors. */
  | { readonly refuseItems: ReadonlySet<number>; readonly error: WireError }
  /** It is executed, and its answer waits. */
  | { readonly answerAfter: Promise<unknown> };

/** Judges each command of a client; a handshake is none. */
export type WireJudge = (command: WireCommand) => WireVerdict | Promise<WireVerdict>;

/** Between an app and its database: passes commands on, or has them fail as a database under stress does. */
export interface WireProxy {
  /** For the driver. */
  readonly uri: string;
  /** Where connections go from now on; those that there are end. `undefined`: nobody is there. */
  to(port: number | undefined): void;
  /** Judges commands from now on. */
  judge(judge: WireJudge): void;
  close(): Promise<void>;
}

const MAX_MESSAGE = 48_000_000;

/** @param port of the database on 127.0.0.1 */
export async function wireProxy(port: number): Promise<WireProxy> {
  let target: number | undefined = port;
  let judge: WireJudge = () => "pass";
  const sockets = new Set<Socket>();
  const endAll = (): void => sockets.forEach((socket) => socket.destroy());
  const server = createServer((client) => {
    if (target === undefined) return void client.resetAndDestroy();
    const database = connect(target, "127.0.0.1");
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    client.on("close", () => database.destroy());
    database.on("close", () => client.destroy());
    new Conversation(client, database, (command) => judge(command)).begin();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The proxy does not listen.");
  return {
    uri: `mongodb://127.0.0.1:${address.port}/?directConnection=true`,
    to(next) {
      target = next;
      endAll();
    },
    judge(next) {
      judge = next;
    },
    async close() {
      endAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Makes of the database's answer the one that the client gets. */
type Rewrite = (answer: Buffer) => Buffer | Promise<Buffer>;

class Conversation {
  readonly #client: Socket;
  readonly #database: Socket;
  readonly #judge: WireJudge;
  readonly #rewrites = new Map<number, Rewrite>();

  constructor(client: Socket, database: Socket, judge: WireJudge) {
    this.#client = client;
    this.#database = database;
    this.#judge = judge;
  }

  /** The driver waits for each answer before it asks again on a connection, so order is kept by keeping each side's. */
  begin(): void {
    inOrder(this.#client, (bytes) => this.#ask(bytes));
    inOrder(this.#database, (bytes) => this.#answer(bytes));
  }

  async #ask(bytes: Buffer): Promise<void> {
    const message = readWireMessage(bytes);
    const verdict = message && !HANDSHAKES.has(message.command.name) && (await this.#judge(message.command));
    if (!message || !verdict || verdict === "pass") this.#database.write(bytes);
    else if ("refuse" in verdict) this.#client.write(wireAnswer(message, refusal(verdict.refuse)));
    else if ("refuseItems" in verdict) this.#askSome(message, verdict.refuseItems, verdict.error);
    else {
      this.#rewrites.set(message.requestId, (answer) => verdict.answerAfter.then(() => answer));
      this.#database.write(bytes);
    }
  }

  #askSome(message: WireMessage, refused: ReadonlySet<number>, error: WireError): void {
    const rewrite = (answer: Record<string, unknown>) =>
      wireAnswer(message, withRefusedItems(answer, message, refused, error));
    if (refused.size >= message.command.items) {
      this.#client.write(rewrite({ ok: 1, n: 0 }));
    } else {
      this.#rewrites.set(message.requestId, (answer) => rewrite(answerIn(answer)));
      this.#database.write(withoutItems(message, refused));
    }
  }

  async #answer(bytes: Buffer): Promise<void> {
    const id = answeredId(bytes);
    const rewrite = this.#rewrites.get(id);
    this.#rewrites.delete(id);
    this.#client.write(rewrite ? await rewrite(bytes) : bytes);
  }
}

/** What a driver says about itself. */
const HANDSHAKES = new Set(["hello", "ismaster", "isMaster", "ping", "endSessions", "buildInfo"]);

/** Takes the messages of a connection one after the other. */
function inOrder(socket: Socket, take: (message: Buffer) => Promise<void>): void {
  const reader = new FrameReader(MAX_MESSAGE);
  let line = Promise.resolve();
  socket.on("data", (chunk: Buffer) => {
    for (const message of reader.push(chunk)) line = line.then(() => take(message));
    line.catch(() => socket.destroy());
  });
}
