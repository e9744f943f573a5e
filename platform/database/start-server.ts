import { rmSync } from "node:fs";
import { createServer } from "node:net";
import type { ListenOptions, Server, Socket } from "node:net";
import { maxMessageBytes } from "./commands/server.ts";
import { Cursors } from "./cursors.ts";
import { deleteExpired } from "./delete-expired.ts";
import { GroupCommit } from "./group-commit.ts";
import { DocumentStore } from "./store/document-store.ts";
import { serveConnection } from "./wire/serve-connection.ts";
import type { WorkerOptions } from "./worker-messages.ts";

/** A server that listens. */
export interface RunningServer {
  readonly tcpPort: number | undefined;
  /** Runs and stores what was received, then closes everything. */
  readonly close: () => void;
}

/** How often documents expire and idle cursors end, in milliseconds, as in MongoDB. */
const sweepEveryMs = 60_000;

/**
 * Opens the file and listens. The lock on the file comes first: only who holds it may take a stale socket's place.
 *
 * @throws {Error} when the file is locked or another version's, or the socket or port cannot be had
 */
export async function startServer({ file, socket, tcpPort }: WorkerOptions): Promise<RunningServer> {
  const store = new DocumentStore(file);
  const cursors = new Cursors(Date.now);
  const commit = new GroupCommit({ store, cursors, now: () => new Date() });
  const listeners = new Listeners(commit);
  const sweep = setInterval(() => sweepOnce(store, cursors), sweepEveryMs);
  const close = (): void => {
    clearInterval(sweep);
    commit.close();
    listeners.close();
    store.close();
  };
  try {
    if (socket !== undefined) await listenOnSocket(listeners, socket);
    return {
      tcpPort: tcpPort === undefined ? undefined : await listeners.open({ port: tcpPort, host: "127.0.0.1" }),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** What cannot be deleted now will be next time. */
function sweepOnce(store: DocumentStore, cursors: Cursors): void {
  cursors.expire();
  try {
    deleteExpired(store, Date.now());
  } catch {
    store.rollback();
  }
}

async function listenOnSocket(listeners: Listeners, path: string): Promise<void> {
  rmSync(path, { force: true });
  await listeners.open({ path });
}

/** The sockets and ports of one server, and the connections that came in by them. */
class Listeners {
  readonly #commit: GroupCommit;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(commit: GroupCommit) {
    this.#commit = commit;
  }

  /** @returns the TCP port, if it is one */
  open(where: ListenOptions): Promise<number | undefined> {
    const server = createServer((socket) => this.#accept(socket));
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(where, () => resolve(portOf(server)));
    });
  }

  /** Answers that were written still leave. */
  close(): void {
    this.#servers.forEach((server) => server.close());
    this.#sockets.forEach((socket) => socket.destroySoon());
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    serveConnection(socket, maxMessageBytes, this.#commit.enqueue);
  }
}

function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === "object" ? address?.port : undefined;
}
