import { randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { OpenAPIBackend } from "openapi-backend";
import type { Context, Document } from "openapi-backend";

export interface MockOptions {
  /** Bundled OpenAPI documents. */
  readonly documents: readonly string[];
  /** On 127.0.0.1; 0 takes any free one. */
  readonly port: number;
}

export interface Mock {
  readonly url: string;
  close(): Promise<void>;
}

/** What an operation answers with: JSON, or nothing. */
interface MockReply {
  readonly status: number;
  /** `application/json` when absent. */
  readonly contentType?: string;
  readonly body?: unknown;
}

/** More than any body of the contract. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Serves the contract's examples, for partners who build against it before they have a key: a valid request gets the example
 * of the first success, an invalid one a 400 that says what is wrong, and there is no data behind it.
 */
export async function startMock({ documents, port }: MockOptions): Promise<Mock> {
  const backends = await Promise.all(documents.map(loadBackend));
  const server = createServer((request, response) => {
    answer(backends, request).then(
      (reply) => send(response, reply),
      () => send(response, { status: 400, body: { message: "The request cannot be read." } }),
    );
  });
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(port, "127.0.0.1", resolve),
  );
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function loadBackend(file: string): Promise<OpenAPIBackend> {
  const backend = new OpenAPIBackend({
    definition: withoutInternal(JSON.parse(readFileSync(file, "utf8")) as Document),
    // The library's own check knows OpenAPI 3.0 only and would refuse the document.
    quick: true,
    // Two classes of ajv for two drafts of JSON Schema; the library means either.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    customizeAjv: () => withFormats(),
    handlers: {
      notFound: (): MockReply => ({ status: 404, body: { statusCode: 404, message: "Resource not found" } }),
      validationFail: ({ validation }: Context): MockReply => invalid(validation.errors ?? []),
      notImplemented: ({ api, operation }: Context): MockReply => {
        const reply: { status: number; mock: unknown } = api.mockResponseForOperation(
          operation.operationId ?? "",
        );
        return { status: reply.status, body: reply.mock };
      },
    },
  });
  return backend.init();
}

/** The problem that an app would answer with, as far as the library's findings tell it. */
function invalid(
  findings: readonly { keyword: string; instancePath: string; message?: string }[],
): MockReply {
  const errors = findings.slice(0, 32).map(({ keyword, instancePath, message = "" }) => {
    const [, part = "", name = ""] = instancePath.split("/");
    const place =
      part === "requestBody"
        ? { pointer: instancePath.slice("/requestBody".length) }
        : { parameter: name || part };
    // A parser's message quotes what was sent.
    return { ...place, code: keyword, message: keyword === "parse" ? "must be JSON" : message };
  });
  return {
    status: 400,
    contentType: "application/problem+json",
    body: {
      type: "/portal/errors/request-invalid",
      title: "The request does not match the contract",
      status: 400,
      detail: "This is the sandbox: the API itself may say more.",
      code: "request-invalid",
      traceId: randomBytes(16).toString("hex"),
      requestId: randomUUID(),
      errors,
    },
  };
}

function withFormats(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, coerceTypes: "array" });
  addFormats.default(ajv);
  ajv.addFormat("partial-date", /^\d{4}(-\d{2}(-\d{2})?)?$/);
  return ajv;
}

/** Partners see what the portal shows; any key opens the sandbox, and none does too. */
function withoutInternal(document: Document): Document {
  Reflect.deleteProperty(document, "security");
  for (const item of Object.values(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item ?? {})) {
      const internal = typeof operation === "object" && "x-internal" in operation;
      if (internal) Reflect.deleteProperty(item ?? {}, method);
    }
  }
  return document;
}

async function answer(backends: readonly OpenAPIBackend[], request: IncomingMessage): Promise<MockReply> {
  const body = await readBody(request);
  let reply: MockReply = { status: 404 };
  for (const backend of backends) {
    reply = (await backend.handleRequest({
      method: request.method ?? "GET",
      path: new URL(request.url ?? "/", "http://mock").pathname.replace(/(?<=.)\/$/, ""),
      query: new URL(request.url ?? "/", "http://mock").search,
      headers: request.headers as Record<string, string | string[]>,
      body,
    })) as MockReply;
    if (reply.status !== 404) return reply;
  }
  return reply;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, { status, contentType = "application/json", body }: MockReply): void {
  response.statusCode = status;
  if (body === undefined) return void response.end();
  response.setHeader("content-type", contentType).end(JSON.stringify(body));
}
