import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { armError, type Answer } from "./answer.ts";
import { answerArmRequest, type ArmContext } from "./answer-arm-request.ts";
import { answerSites, type SiteKeys } from "./answer-site-request.ts";
import { answerSubscriptions, type SubscriptionSecrets } from "./answer-subscription-request.ts";

/** Where the local resources are, in Azure's terms. */
export interface LocalResources {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** The name of the API Management service. */
  readonly service: string;
}

export interface ResourceManagerOptions {
  readonly resources: LocalResources;
  /** The function apps, by their names in Azure's terms. */
  readonly sites: Readonly<Record<string, SiteKeys>>;
  readonly subscriptions: SubscriptionSecrets;
  /** The name of the identity that a token issued for `https://management.azure.com` stands for. */
  readonly identityOf: (token: string) => string | undefined;
  /** TCP port on 127.0.0.1. Default: any free one. */
  readonly port?: number;
}

/** A running resource manager. */
export interface ResourceManager {
  /** What stands for `https://management.azure.com`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the parts of Azure Resource Manager's REST interface that a rotation of keys needs, on 127.0.0.1, for the identity
 * `operator` alone.
 *
 * @throws Error naming the port when it cannot be had
 */
export async function startResourceManager(options: ResourceManagerOptions): Promise<ResourceManager> {
  const { subscriptionId, resourceGroup, service } = options.resources;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const context: ArmContext = {
    resourceGroup: group,
    identityOf: options.identityOf,
    providers: {
      "Microsoft.Web": answerSites(options.sites),
      "Microsoft.ApiManagement": answerSubscriptions(
        `${group}/providers/Microsoft.ApiManagement/service/${service}`,
        options.subscriptions,
      ),
    },
  };
  const server = createServer((request, response) => {
    // An error here would be a fault of the platform; its message could quote a request.
    answer(request, context).then(
      (result) => send(response, result),
      () => send(response, armError(500, "InternalServerError", "An internal error occurred.")),
    );
  });
  const url = await listen(server, options.port ?? 0);
  return { url, close: () => closeServer(server) };
}

/** The longest body that is read, in bytes. */
const MAX_BYTES = 65_536;

async function answer(request: IncomingMessage, context: ArmContext): Promise<Answer> {
  const { method = "GET", url: target = "/" } = request;
  const base = "http://127.0.0.1";
  if (!target.startsWith("/") || !URL.canParse(base + target))
    return armError(400, "InvalidRequestUri", "The request URI is invalid.");
  const { pathname, searchParams: query } = new URL(base + target);
  const { authorization } = request.headers;
  return answerArmRequest(
    { method, pathname, query, authorization, readBody: () => readText(request) },
    context,
  );
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BYTES ? Buffer.concat(chunks).toString() : undefined;
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const always = { "cache-control": "no-store", ...headers };
  if (body === undefined) {
    response.writeHead(status, always).end();
    return;
  }
  const text = JSON.stringify(body);
  const described = {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  };
  response.writeHead(status, { ...described, ...always }).end(text);
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Error(`resource manager: cannot listen on port ${port}: ${error.message}`)),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("resource manager: the server has no address");
  return `http://127.0.0.1:${address.port}`;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
