import { resolve } from "node:path";

import { describeError } from "./describe-error.ts";
import { createHostLog } from "./host-log.ts";
import { startHost, type Host, type HostOptions } from "./start-host.ts";

/** How long requests under way may go on after SIGTERM, in milliseconds. */
const STOP_DEADLINE_MS = 10_000;
/** Azure's limit for a request body, in bytes. */
const MAX_BODY_BYTES = 104_857_600;

/**
 * Runs one app in this process until SIGTERM, SIGINT or the end of its parent, then exits with 0. Reports
 * `{type: "ready", url, functions}` to the parent, or `{type: "failed", line}` and exits with 1.
 *
 * @param settings the environment: `SPECIMEN_APP_BUNDLE`, `SPECIMEN_APP_HOST_JSON`, `SPECIMEN_APP_PORT`,
 * `SPECIMEN_APP_KEYS`, and optionally `SPECIMEN_HOST_MODEL` and `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT`
 */
export async function runHost(settings: Record<string, string | undefined>): Promise<void> {
  exitOnCrash();
  const running: { host?: Host } = {};
  // Before the app is loaded, so that one that hangs there ends with its parent too.
  stopWhenAsked(async () => running.host?.stop(STOP_DEADLINE_MS));
  const host = await start(settings);
  running.host = host;
  await report({ type: "ready", url: host.url, functions: host.functions });
}

async function start(settings: Record<string, string | undefined>): Promise<Host> {
  try {
    return await startHost(readOptions(settings));
  } catch (error) {
    const line = `functions host: ${error instanceof Error ? firstLine(error) : "the app cannot be started"}`;
    writeLine(line);
    await report({ type: "failed", line });
    process.exit(1);
  }
}

function readOptions(settings: Record<string, string | undefined>): HostOptions {
  const setting = (name: string): string => {
    const value = settings[name];
    if (value === undefined || value === "") throw new Error(`the setting ${name} is missing`);
    return value;
  };
  const model = settings.SPECIMEN_HOST_MODEL ?? "lazy";
  if (model !== "library" && model !== "lazy") {
    throw new Error(`the setting SPECIMEN_HOST_MODEL is "${model}"; expected "library" or "lazy"`);
  }
  return {
    bundle: resolve(setting("SPECIMEN_APP_BUNDLE")),
    hostJson: setting("SPECIMEN_APP_HOST_JSON"),
    keysFile: setting("SPECIMEN_APP_KEYS"),
    port: readNumber("SPECIMEN_APP_PORT", settings.SPECIMEN_APP_PORT ?? "0", 65_535),
    model,
    maxBodyBytes: readNumber(
      "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT",
      settings.FUNCTIONS_REQUEST_BODY_SIZE_LIMIT ?? String(MAX_BODY_BYTES),
      2 ** 31,
    ),
    log: createHostLog(writeLine),
    clock: { now: Date.now, after },
  };
}

function readNumber(name: string, text: string, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (number <= most) return number;
  throw new Error(`the setting ${name} is "${text}"; expected a whole number up to ${most}`);
}

function after(delay: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delay);
  return () => clearTimeout(timer);
}

/** A process whose state is unknown answers nobody; its supervisor starts another one. */
function exitOnCrash(): void {
  const crash = (kind: string) => (error: unknown) => {
    writeLine(`critical host: ${kind}: ${describeError(error)}`);
    process.exit(1);
  };
  process.on("uncaughtException", crash("uncaught exception"));
  process.on("unhandledRejection", crash("unhandled rejection"));
}

/** Ends the process with 0, once, on a signal or with its parent: an app must not outlive its platform. */
function stopWhenAsked(stop: () => Promise<void>): void {
  let isStopping = false;
  const exit = () => {
    if (isStopping) return;
    isStopping = true;
    void stop().then(() => process.exit(0));
  };
  process.on("SIGTERM", exit).on("SIGINT", exit);
  if (process.send) process.once("disconnect", exit);
}

/** The first line of a message, with the error's name when the app threw it while loading. */
function firstLine(error: Error): string {
  const [line = ""] = error.message.split("\n");
  return error.name === "Error" ? line : `${error.name}: ${line}`;
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function report(message: Record<string, unknown>): Promise<void> {
  if (!process.send) {
    writeLine(JSON.stringify(message));
    return;
  }
  await new Promise<void>((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}
