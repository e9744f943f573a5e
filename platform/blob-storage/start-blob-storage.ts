import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerBlobRequest, type BlobAnswer } from "./answer-blob-request.ts";
import { openContainer, type Container } from "./container.ts";
import { readBytes } from "./read-bytes.ts";

/** Settings of the local blob storage. */
export interface BlobStorageOptions {
  /** Where blobs live, a folder a container; created when absent. */
  readonly directory: string;
  /** The containers that there are. Blobs in them can be written once, and neither changed nor deleted. */
  readonly containers: readonly string[];
  /** The name of the identity that a bearer token stands for, `undefined` for a token that is none. */
  readonly identityOf: (token: string) => string | undefined;
  /** Which identities may read and write the blobs of a container; nobody else may. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

/** A running blob storage. */
export interface BlobStorage {
  /** Base address; a container is a path below it. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts what the register needs of Azure Blob Storage's REST API, on 127.0.0.1: Put Blob, Get Blob, List Blobs, in
 * containers under a locked time-based retention policy. A blob is durable when Put Blob has answered.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api
 * @see https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview
 * @throws Error naming the folder or the port when either cannot be had
 */
export async function startBlobStorage(options: BlobStorageOptions): Promise<BlobStorage> {
  const containers = new Map(
    options.containers.map((name): [string, Container] => [name, openContainer(options.directory, name)]),
  );
  const server = createServer((request, response) => {
    // An error here would be a fault of the storage; its message could name files of this machine.
    answer(request, containers, options).then(
      (result) => send(response, result, request.method === "HEAD"),
      () => send(response, { status: 500, code: "InternalError" }, false),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Error(`blob storage: cannot listen: ${error.message}`)));
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("blob storage: the server has no address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  containers: ReadonlyMap<string, Container>,
  { identityOf, grants }: BlobStorageOptions,
): Promise<BlobAnswer> {
  const target = new URL(request.url ?? "/", "http://localhost");
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const identity = token === undefined ? undefined : identityOf(token);
  if (identity === undefined) return { status: 401, code: "NoAuthenticationInformation" };
  const [name = "", ...rest] = target.pathname.slice(1).split("/");
  const mayUse = grants[name]?.includes(identity) === true;
  if (!mayUse) return { status: 403, code: "AuthorizationPermissionMismatch" };
  const container = containers.get(name);
  if (!container) return { status: 404, code: "ContainerNotFound" };
  const blob = rest.join("/");
  return answerBlobRequest(
    {
      method: request.method ?? "GET",
      blob,
      query: target.searchParams,
      headers: request.headers,
      readBody: () => readBytes(request),
    },
    container,
  );
}

/** Errors have the body of Azure Storage, and its code in a header. */
function send(
  response: ServerResponse,
  { status, code, headers = {}, body }: BlobAnswer,
  headOnly: boolean,
): void {
  const failure =
    code === undefined
      ? undefined
      : `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`;
  const content = body ?? Buffer.from(failure ?? "");
  response.writeHead(status, {
    "x-ms-version": VERSION,
    ...(code !== undefined && { "x-ms-error-code": code, "content-type": "application/xml" }),
    ...headers,
    "content-length": content.length,
  });
  response.end(headOnly ? undefined : content);
}

const VERSION = "2025-05-05";
