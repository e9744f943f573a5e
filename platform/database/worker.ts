import { parentPort, workerData } from "node:worker_threads";
import { startServer } from "./start-server.ts";
import type { RunningServer } from "./start-server.ts";
import type { WorkerMessage } from "./worker-messages.ts";
import { assertWorkerOptions } from "./worker-messages.ts";

assertWorkerOptions(workerData);
const message = await startServer(workerData).then(serve, fail);
parentPort?.postMessage(message);

/** The first message from the other side, whatever it is, ends the server. */
function serve({ tcpPort, close }: RunningServer): WorkerMessage {
  parentPort?.once("message", close);
  return { type: "ready", tcpPort };
}

function fail(error: unknown): WorkerMessage {
  return { type: "failed", reason: error instanceof Error ? error.message : String(error) };
}
