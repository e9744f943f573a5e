import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { BackendPools } from "../backends/backend-pools.ts";
import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { DiagnosticSettings } from "../diagnostics/diagnostic-settings.ts";
import { Diagnostics } from "../diagnostics/diagnostics.ts";
import { answer } from "../pipeline/default-answers.ts";
import { owns } from "./mount.ts";
import type { Mount } from "./mount.ts";
import { refuseBroken } from "./refuse-broken.ts";
import { createHandler } from "./request-handler.ts";
import type { HandlerParts } from "./request-handler.ts";
import { sendAnswer } from "./send-answer.ts";

/** A gateway that listens. */
export interface ListeningGateway {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** Answers what is under way, then closes every connection. */
  close(): Promise<void>;
}

/** What {@link listen} needs. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** The first that owns a path answers it. */
  readonly mounts: readonly Mount[];
  readonly pools: BackendPools;
  /** Null: nothing is recorded. */
  readonly diagnostics: DiagnosticSettings | null;
  readonly parts: Omit<HandlerParts, "origin" | "diagnostics">;
}

/** Address at which the service tells whether it is up; APIM's own. */
const statusPath = "/status-0123456789abcdef";

/**
 * Opens the gateway's port.
 *
 * @throws ConfigurationError when it cannot be had
 */
export async function listen(options: ListenOptions): Promise<ListeningGateway> {
  const server = createServer({
    keepAliveTimeout: 65_000,
    requestTimeout: 300_000,
    headersTimeout: 30_000,
    requireHostHeader: false,
  });
  server.maxHeadersCount = 0;
  const port = await open(server, options);
  const origin = { scheme: "http", host: options.host, port };
  const diagnostics =
    options.diagnostics && new Diagnostics(options.diagnostics, options.parts.runtime, origin);
  refuseUnreadable(server, diagnostics);
  const handle = createHandler({ ...options.parts, origin, diagnostics });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request.url ?? "");
    if (path === statusPath) {
      sendStatus(request, response);
      return;
    }
    const mount = options.mounts.find((one) => owns(one, path));
    const handled = mount ? mount.serve(path, request, response) : handle(request, response);
    handled.catch(() => failSafe(response));
  });
  return { url: `http://${options.host}:${port}`, close: () => close(server, options.pools) };
}

/** Answers what never becomes a request to an API. */
function refuseUnreadable(server: Server, diagnostics: Diagnostics | null): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status = refuseBroken(error, socket);
    if (status !== null) diagnostics?.refuse(status, null);
  });
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    sendAnswer(response, answer(417, "Expectation Failed"), []);
    diagnostics?.refuse(417, request);
  });
}

function open(server: Server, { port, host }: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen({ port, host }, () => resolve(portOf(server)));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const where = `SPECIMEN_GATEWAY_PORT=${port}`;
  if (error.code === "EADDRINUSE")
    return new ConfigurationError(where, `another process listens on ${host}:${port}; expected a free port`);
  if (error.code === "EACCES")
    return new ConfigurationError(where, `the port may not be opened on ${host}; expected one above 1023`);
  return new ConfigurationError(
    where,
    `the gateway cannot listen on ${host}:${port} (${error.code ?? error.message})`,
  );
}

function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end === -1 ? target : target.slice(0, end);
}

function sendStatus(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const allowed = request.method === "GET" || request.method === "HEAD";
  response.writeHead(allowed ? 200 : 404, { "Content-Length": 0 }).end();
}

/** A mistake of the gateway's own: the client gets the shape of an internal error, or, too late for that, a closed connection. */
function failSafe(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else sendAnswer(response, answer(500, "Internal server error"), []);
}

/** Milliseconds that requests under way have to finish. */
const drainTime = 10_000;

async function close(server: Server, pools: BackendPools): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection that was busy when the server closed stays open for another request; nobody but us ends it.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const deadline = setTimeout(() => server.closeAllConnections(), drainTime);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
  await pools.close();
}
