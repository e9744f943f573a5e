import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Settings of a function app that runs in a process of its own. */
export interface SuperviseOptions {
  /** The app's name, for messages. */
  name: string;
  /** Path of its bundle. */
  bundle: string;
  /** Path of its `host.json`. */
  hostJson: string;
  /** Path of its keys file. */
  keysFile: string;
  /** TCP port on 127.0.0.1. Default: any free one, which it then keeps. */
  port?: number;
  /** App settings; of the platform's own environment the app gets only what a process needs to run. */
  environment: Record<string, string>;
  /** Gets each line that the app, its host or the supervisor writes. */
  log(line: string): void;
  /** Milliseconds before restart number n, counted from 1. Default: 100, 200, 400 … up to 5,000. */
  backoff?(attempt: number): number;
  /** Milliseconds that the first start may take. Default: 20,000. */
  startDeadline?: number;
  /** Milliseconds between SIGTERM and SIGKILL. Default: 12,000. */
  stopDeadline?: number;
}

/** A function app that is kept running. */
export interface SupervisedApp {
  /** The same through every restart. */
  readonly url: string;
  /** Process id, or `undefined` between two processes. */
  readonly processId: number | undefined;
  /** Names of the app's functions. */
  readonly functions: readonly string[];
  /** Ends the process and does not start another one. */
  stop(): Promise<void>;
}

/**
 * Starts a function app in a process of its own and starts it again, on the same port, whenever it ends by itself.
 *
 * @throws Error with the one line that says why, when the app cannot be started at first
 */
export async function superviseApp(options: SuperviseOptions): Promise<SupervisedApp> {
  let child: ChildProcess | undefined;
  let attempt = 0;
  let restart: NodeJS.Timeout | undefined;
  let isStopping = false;

  const first = startChild(options, options.port ?? 0);
  child = first.child;
  const ready = await first.ready;
  const port = Number(new URL(ready.url).port);

  const watch = (running: ChildProcess, startedAt: number): void => {
    running.once("exit", (code, signal) => {
      child = undefined;
      if (isStopping) return;
      // A process that ran for a while has earned a fresh start; one that fails at once waits longer each time.
      attempt = performance.now() - startedAt > HEALTHY_MS ? 1 : attempt + 1;
      const delay = (options.backoff ?? defaultBackoff)(attempt);
      options.log(`${options.name}: ${howEnded(code, signal)}; starting again in ${delay} ms`);
      restart = setTimeout(again, delay);
    });
  };
  const again = (): void => {
    const next = startChild(options, port);
    child = next.child;
    watch(next.child, performance.now());
    next.ready.then(
      () => options.log(`${options.name}: ready again`),
      // The exit that comes with it plans the next attempt.
      (error: unknown) =>
        options.log(error instanceof Error ? error.message : `${options.name}: not started`),
    );
  };
  watch(first.child, performance.now());

  return {
    url: ready.url,
    functions: ready.functions,
    get processId() {
      return child?.pid;
    },
    async stop() {
      isStopping = true;
      clearTimeout(restart);
      if (child) await endChild(child, options.stopDeadline ?? 12_000);
    },
  };
}

const MAIN = join(import.meta.dirname, "main.ts");
const HEALTHY_MS = 10_000;

/** What any process needs; nothing else of the platform's environment is the app's business. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "TMP", "TEMP", "SystemRoot", "LANG", "TZ", "NODE_COMPILE_CACHE"];

interface Ready {
  url: string;
  functions: string[];
}

function defaultBackoff(attempt: number): number {
  return Math.min(100 * 2 ** (attempt - 1), 5000);
}

function startChild(options: SuperviseOptions, port: number): { child: ChildProcess; ready: Promise<Ready> } {
  const child = fork(MAIN, {
    // Not those of the platform's own process: a test runner's flags, or an inspector's port.
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...inherited(), ...options.environment, ...settingsOf(options, port) },
  });
  const lastLine = relayLines(child, (line) => options.log(line));
  return { child, ready: readiness(child, options, lastLine) };
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function settingsOf({ bundle, hostJson, keysFile }: SuperviseOptions, port: number): Record<string, string> {
  return {
    SPECIMEN_APP_BUNDLE: bundle,
    SPECIMEN_APP_HOST_JSON: hostJson,
    SPECIMEN_APP_KEYS: keysFile,
    SPECIMEN_APP_PORT: String(port),
  };
}

function relayLines(child: ChildProcess, log: (line: string) => void): () => string | undefined {
  let last: string | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      last = line;
      log(line);
    });
  }
  return () => last;
}

/** Resolves with what the child reports; rejects with one line when it fails, ends, or takes too long. */
function readiness(
  child: ChildProcess,
  options: SuperviseOptions,
  lastLine: () => string | undefined,
): Promise<Ready> {
  const { name, startDeadline = 20_000 } = options;
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`${name}: ${reason}`));
    const timer = setTimeout(() => {
      fail(`not ready within ${startDeadline} ms`);
      child.kill("SIGKILL");
    }, startDeadline);
    child.on("message", (message) => {
      if (isReady(message)) resolve(message);
      else if (isFailed(message)) fail(message.line);
    });
    child.once("error", (error) => fail(`the process cannot be started: ${error.message}`));
    child.on("message", () => clearTimeout(timer));
    // Not "exit": its last line may still be under way.
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      fail(lastLine() ?? howEnded(code, signal));
    });
  });
}

function howEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `ended by ${signal}` : `ended with exit code ${code ?? 1}`;
}

async function endChild(child: ChildProcess, deadline: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), deadline);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function isReady(message: unknown): message is Ready {
  return (
    isRecord(message) &&
    message.type === "ready" &&
    typeof message.url === "string" &&
    Array.isArray(message.functions)
  );
}

function isFailed(message: unknown): message is { line: string } {
  return isRecord(message) && message.type === "failed" && typeof message.line === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
