import { writeSync } from "node:fs";
import { app } from "@azure/functions";
import type { Failpoint } from "../../../runtime/failpoint.ts";
import type { Order, Report } from "./messages.ts";

/**
 * Stands in a test build where `runtime/failpoint.ts` is in the product: kills with SIGKILL at the passing of a failpoint that
 * the harness has armed. It is built as if it were in the folder of what it replaces, so it imports nothing of the project
 * but types.
 */
export function failpoint(name: Failpoint): void {
  if (armed?.name !== name) return;
  passed += 1;
  if (passed < armed.pass) return;
  const { victim = process.pid } = armed;
  armed = undefined;
  // At once, not queued: the channel would lose it.
  writeSync(1, `${JSON.stringify({ event: "failpoint-kill", name })}\n`);
  kill(victim);
}

function kill(victim: number): void {
  try {
    process.kill(victim, "SIGKILL");
  } catch {
    // Another one may have ended by itself: that must not look like a fault of this process.
  }
}

let armed: Extract<Order, { type: "arm" }> | undefined;
let passed = 0;

function report(message: Report): void {
  process.send?.(message);
}

const start = Promise.withResolvers<undefined>();

process.on("message", (order: Order) => {
  if (order.type === "go") {
    start.resolve(undefined);
    return;
  }
  armed = order.type === "arm" ? order : undefined;
  passed = 0;
  report({ type: "armed" });
});

/** The host runs this after the bundle has been loaded, and before it listens. */
app.hook.appStart(async () => {
  if (!process.send) return;
  report({ type: "waiting" });
  await start.promise;
});
