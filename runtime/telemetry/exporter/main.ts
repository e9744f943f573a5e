import { parentPort, workerData } from "node:worker_threads";
import type { ExporterOptions, FromExporter, ToExporter } from "./exporter-messages.ts";
import { startSdk } from "./start-sdk.ts";

/** The exporter's thread: a bundle of its own, because the SDK is larger than the app. */
const tell = (message: FromExporter): void => parentPort?.postMessage(message);
// The thread is started by ours alone, with these options.
const sdk = startSdk(workerData as ExporterOptions, (isAway, reason) =>
  tell({ type: "collector", isAway, reason }),
);

parentPort?.on("message", (message: ToExporter) => {
  if (message.type === "batch") {
    for (const span of message.spans) sdk.span(span);
    for (const measurement of message.measurements) sdk.measure(measurement);
    tell({ type: "taken" });
  } else {
    void sdk.flush().then(() => tell({ type: "flushed" }));
  }
});
