import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Server } from "node:net";

import type { ProgrammingModel } from "./core-types.ts";

/** What an app asks of its host. */
export interface Capabilities {
  /** Whether it set `app.setup({ enableHttpStream: true })`. */
  streams: boolean;
}

/**
 * Asks the app's model for its capabilities, which also ends the time for `app.setup`. A library that streams opens a
 * proxy of its own to say so (`HttpUri`); this host hands streams over within the process, so the proxy's port is closed
 * before anybody could find it.
 */
export async function readCapabilities(model: ProgrammingModel): Promise<Capabilities> {
  const opened: Server[] = [];
  const note = (message: unknown): void => {
    if (!isListenEvent(message)) return;
    opened.push(message.server);
    // The library listens on every address of the machine.
    if (isRecord(message.options)) message.options.host ??= "127.0.0.1";
  };
  subscribe(LISTEN, note);
  try {
    const { HttpUri } = await model.getCapabilities({});
    if (HttpUri === undefined) return { streams: false };
    await Promise.all(opened.filter((server) => hasPort(server, new URL(HttpUri).port)).map(close));
    return { streams: true };
  } finally {
    unsubscribe(LISTEN, note);
  }
}

/** Told by Node of every server before it listens. */
const LISTEN = "tracing:net.server.listen:asyncStart";

function isListenEvent(message: unknown): message is { server: Server; options: unknown } {
  return isRecord(message) && message.server instanceof Server;
}

function hasPort(server: Server, port: string): boolean {
  const address = server.address();
  return typeof address === "object" && address !== null && String(address.port) === port;
}

function close(server: Server): Promise<void> {
  // The library would write a line to the log.
  server.removeAllListeners("close");
  return new Promise((resolve) => server.close(() => resolve()));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
