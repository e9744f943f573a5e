import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { readOwner, writeOwner } from "./owner-file.ts";
import { socketPath } from "./socket-path.ts";
import type { WorkerMessage, WorkerOptions } from "./worker-messages.ts";

/** What {@link startDatabase} needs to know. */
export interface DatabaseOptions {
  /** The folder of the state, made when absent; only its user may enter it (mode 0700). */
  readonly directory: string;
  /** Names the files in the folder: lower-case letters, digits and hyphens, 32 at most. */
  readonly name: string;
  /** Also listen on this port of 127.0.0.1 (0 for any free one), for mongosh or Compass. Default: Unix socket only. */
  readonly tcpPort?: number;
}

/** A database that runs. */
export interface RunningDatabase {
  /** For the MongoDB driver: the Unix socket, and no database name. On Windows, which the driver has no sockets for, TCP. */
  readonly uri: string;
  /** The port on 127.0.0.1, when there is one. */
  readonly tcpPort: number | undefined;
  /** Runs the commands that were received, closes the file and frees the folder. */
  close(): Promise<void>;
}

/**
 * Starts the embedded development database: a server of the MongoDB wire protocol on `node:sqlite`, in a worker thread.
 * Every acknowledged write is on disk. It has no users: whoever may enter the folder may read it.
 *
 * @throws {Error} one clear line: a bad name, a folder that another process holds, a folder of another schema version
 *
 * @example
 * const database = await startDatabase({ directory: ".local/patient", name: "patient" });
 * const client = await new MongoClient(database.uri).connect();
 */
export async function startDatabase({ directory, name, tcpPort }: DatabaseOptions): Promise<RunningDatabase> {
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
    throw new Error(`database name "${name}": expected at most 32 lower-case letters, digits and hyphens`);
  }
  const folder = resolve(directory);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const options = workerOptions(folder, name, tcpPort);
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: options });
  const message = await firstMessage(worker);
  if (message.type === "failed") throw new Error(startMessage(folder, name, message.reason));
  writeOwner(folder, name);
  return {
    uri: `mongodb://${options.socket === undefined ? `127.0.0.1:${message.tcpPort ?? 0}` : encodeURIComponent(options.socket)}/`,
    tcpPort: message.tcpPort,
    close: () => closeWorker(worker),
  };
}

function workerOptions(folder: string, name: string, tcpPort: number | undefined): WorkerOptions {
  const file = join(folder, `${name}.sqlite`);
  if (process.platform === "win32") return { file, tcpPort: tcpPort ?? 0 };
  return { file, socket: socketPath(folder, name), ...(tcpPort === undefined ? {} : { tcpPort }) };
}

/** What goes wrong in the worker later on is a fault of ours, and ends the process as an uncaught error. */
function firstMessage(worker: Worker): Promise<WorkerMessage> {
  return new Promise<WorkerMessage>((resolveMessage, reject) => {
    worker.once("message", resolveMessage);
    worker.once("error", reject);
  }).finally(() => worker.removeAllListeners("error"));
}

function startMessage(folder: string, name: string, reason: string): string {
  const owner = reason.includes("locked") ? readOwner(folder, name) : undefined;
  return owner === undefined
    ? `The database "${name}" did not start: ${reason}`
    : `The database "${name}" in ${folder} is in use by process ${owner}: stop it, or use another folder`;
}

function closeWorker(worker: Worker): Promise<void> {
  return new Promise((resolveClose) => {
    worker.once("exit", () => resolveClose());
    worker.postMessage("close");
  });
}
