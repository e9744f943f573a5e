import { parentPort, workerData } from "node:worker_threads";
import type { ExporterOptions, FromExporter, ToExporter } from "./exporter-messages.ts";
import { startSdk } from "./start-sdk.ts";

/** The exporter's thread: a bundle of its own, because the SDK is larger than the app. */
const tell = (message: FromExporter): void => parentPort?.postMessage(message);
// The thread is started by ours alone, with these options.
const sdk = startSdk(workerData as ExporterOptions, (isAway, reason) =>
  tell({ type: "collector", isAway, reason }),
);

/** One after the other: what waits for a slow collector waits in the app's queue, which is bounded and counted. */
let line: Promise<void> = Promise.resolve();
parentPort?.on("message", (message: ToExporter) => {
  line = line.then(() => handle(message));
});

async function handle(message: ToExporter): Promise<void> {
  if (message.type === "flush") {
    await sdk.flush();
    tell({ type: "flushed" });
    return;
  }
  for (const measurement of message.measurements) sdk.measure(measurement);
  for (const span of message.spans) sdk.span(span);
  tell({ type: "done", lost: (await sdk.send()) ? 0 : message.spans.length });
}
