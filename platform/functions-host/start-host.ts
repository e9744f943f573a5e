import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { readAppFunctions } from "./app-functions.ts";
import { createCore } from "./core-api.ts";
import { openFunctionKeys } from "./function-keys.ts";
import type { HostLog } from "./host-log.ts";
import { readHostSettings } from "./host-settings.ts";
import { createHttpHandler } from "./http-handler.ts";
import type { HttpInvoker, InvokerContext } from "./invoker.ts";
import { createLazyInvoker } from "./lazy-invoker.ts";
import { createLibraryInvoker } from "./library-invoker.ts";
import { loadApp } from "./load-app.ts";
import { readCapabilities } from "./read-capabilities.ts";
import { createRouter } from "./router.ts";
import { startTimers, type TimerClock } from "./start-timers.ts";

/** Settings of a host: one app in one process. */
export interface HostOptions {
  /** Absolute path of the app's CommonJS bundle. */
  bundle: string;
  /** Path of the app's `host.json`. */
  hostJson: string;
  /** Path of the keys file; see {@link openFunctionKeys}. */
  keysFile: string;
  /** TCP port on 127.0.0.1; 0 for any free one. */
  port: number;
  /** How handlers are called: through the library's model, or by the lazy model that equals it and alone can stream. */
  model: "library" | "lazy";
  /** Longest request body, in bytes. */
  maxBodyBytes: number;
  log: HostLog;
  clock: TimerClock;
}

/** A running host. */
export interface Host {
  url: string;
  /** Names of the app's functions, in the order of their registration. */
  functions: string[];
  /** Stops accepting, lets what is under way finish, at most until the deadline, and runs the app's `appTerminate` hooks. */
  stop(deadlineMs: number): Promise<void>;
}

/**
 * Loads an app and serves its functions.
 *
 * @throws Error with one line that says what is wrong with the bundle, `host.json`, the keys, the port or a function
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { log } = options;
  const settings = readHostSettings(options.hostJson);
  const core = createCore(log);
  loadApp(options.bundle, core.api);
  const model = core.model();
  const functions = readAppFunctions(core.functions);
  const names = core.functions.map((each) => each.metadata.name);
  const router = createRouter(functions.http, settings.routePrefix);
  const keys = openFunctionKeys(options.keysFile, names, (line) => log.write("information", "system", line));

  const appHookData = {};
  await core.hooks.run("appStart", { hookData: {}, appHookData });
  const { streams } = await readCapabilities(model);
  core.lock();

  const context: InvokerContext = { core, model, log, appHookData };
  const invoke = createInvoker(context, options.model, streams);
  const runTimer = (name: string): boolean => timers.run(name);
  const { maxBodyBytes } = options;
  const handler = createHttpHandler({ router, keys, invoke, runTimer, log, maxBodyBytes });
  const server = createHttpServer(handler.handle);
  const url = await listen(server, options.port);
  // No request is read before this turn of the event loop is over: whoever asks for a run finds the timers.
  const timers = startTimers(functions.timers, context, options.clock);

  return {
    url,
    functions: names,
    async stop(deadlineMs) {
      keys.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const finished = Promise.all([handler.drain(), timers.stop()]).then(() =>
        server.closeIdleConnections(),
      );
      await Promise.race([finished, deadline(deadlineMs, log)]);
      server.closeAllConnections();
      await closed;
      await core.hooks.run("appTerminate", { hookData: {}, appHookData });
    },
  };
}

function createInvoker(context: InvokerContext, model: HostOptions["model"], streams: boolean): HttpInvoker {
  const isLazy = model === "lazy" && context.model.name === "@azure/functions";
  if (isLazy) return createLazyInvoker(context, streams);
  if (!streams) return createLibraryInvoker(context);
  throw new Error(
    "the app enables HTTP streams, for which the library's model needs a proxy that the local host does not have; " +
      'expected the setting SPECIMEN_HOST_MODEL to be "lazy"',
  );
}

function createHttpServer(handle: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer({
    maxHeaderSize: 32_768,
    // Longer than a client keeps a connection in its pool, so that it is the client who closes it.
    keepAliveTimeout: 130_000,
    noDelay: true,
  });
  // Node would drop headers beyond its own limit without a word; the handler refuses them instead.
  server.maxHeadersCount = 0;
  server.on("request", handle);
  server.on("checkContinue", (request, response) => {
    // A body over the limit is refused by its length, so nothing is lost by inviting it.
    response.writeContinue();
    handle(request, response);
  });
  return server;
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Error(`cannot listen on port ${port}: ${error.message}`)));
    server.listen(port, "127.0.0.1", 1024, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no address");
  return `http://127.0.0.1:${address.port}`;
}

function deadline(milliseconds: number, log: HostLog): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      log.write(
        "warning",
        "system",
        `requests were still under way after ${milliseconds} ms; they were cut off`,
      );
      resolve();
    }, milliseconds);
    timer.unref();
  });
}
