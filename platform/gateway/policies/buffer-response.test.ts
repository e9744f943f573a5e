import { get } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { partnerKey, startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "../fixtures/test-gateway.ts";
import type { GatewayEvent } from "../start-gateway.ts";

const pieceLength = 64 * 1024;
const pieceCount = 1600;
/** What the kernel may hold of two connections, which no program can tell from a reading client. */
const mostHeld = 64 * 1024 * 1024;

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

/** A backend that hands its responses to the test, each with its first piece sent. */
async function start(
  attributes: string,
  options: TestGatewayOptions = {},
): Promise<{ backend: () => Promise<ServerResponse>; gateway: TestGateway }> {
  const waiting: ((response: ServerResponse) => void)[] = [];
  gateway = await startTestGateway({
    backend: `<forward-request ${attributes} />`,
    handler: ({ url }, response) => {
      if (url === "/base/hang") return;
      response.writeHead(200, { "content-type": "application/x-ndjson" });
      response.write("first");
      waiting.shift()?.(response);
    },
    ...options,
  });
  return { gateway, backend: () => new Promise((resolve) => waiting.push(resolve)) };
}

/** Resolves with the head; nothing of the body has been read then. */
function open(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(
      `${url}/things/1`,
      { agent: false, headers: { "Ocp-Apim-Subscription-Key": partnerKey } },
      (response) => resolve(response.on("error", () => undefined)),
    ).on("error", reject);
  });
}

async function readPiece(response: IncomingMessage): Promise<string> {
  for (;;) {
    const piece: unknown = response.read();
    if (Buffer.isBuffer(piece)) return piece.toString();
    await new Promise((resolve) => response.once("readable", resolve));
  }
}

function countRest(response: IncomingMessage): Promise<number> {
  return new Promise((resolve) => {
    let length = 0;
    response.on("data", (piece: Buffer) => (length += piece.length));
    response.once("close", () => resolve(length));
  });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('forward-request with buffer-response="false"', () => {
  const unbuffered = 'buffer-response="false"';

  it("sends each piece on as it comes", async () => {
    const { backend, gateway } = await start(unbuffered);
    const arrived = backend();
    const response = await open(gateway.url);
    expect([response.statusCode, response.headers["content-type"]]).toEqual([200, "application/x-ndjson"]);
    expect(await readPiece(response)).toBe("first");
    (await arrived).write("second");
    expect(await readPiece(response)).toBe("second");
    (await arrived).end("last");
    expect(await countRest(response)).toBe(4);
    expect(response.complete).toBe(true);
  });

  it("sends the head before there is a first piece", async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const { gateway } = await start(unbuffered, {
      handler: (_request, response) => {
        response.writeHead(202).flushHeaders();
        arrived.resolve(response);
      },
    });
    const response = await open(gateway.url);
    expect(response.statusCode).toBe(202);
    (await arrived.promise).end("late");
    expect(await readPiece(response)).toBe("late");
  });

  it("takes no more from the backend than the client takes, and gives it all of 100 MB", async () => {
    let produced = 0;
    const { gateway } = await start(unbuffered, {
      handler: (_request, response) => {
        const produce = (): void => {
          while (produced < pieceCount * pieceLength) {
            produced += pieceLength;
            if (!response.write(Buffer.alloc(pieceLength, "x"))) return;
          }
          response.end();
        };
        response.on("drain", produce);
        produce();
      },
    });
    const response = await open(gateway.url);
    for (let last = 0, same = 0; same < 500; same = produced === last ? same + 1 : 0) {
      last = produced;
      await turn();
    }
    expect(produced).toBeGreaterThanOrEqual(pieceLength);
    expect(produced).toBeLessThan(mostHeld);

    let [consumed, lead] = [0, 0];
    response.on("data", (piece: Buffer) => {
      consumed += piece.length;
      lead = Math.max(lead, produced - consumed);
    });
    await new Promise((resolve) => response.once("close", resolve));
    expect([consumed, response.complete]).toEqual([pieceCount * pieceLength, true]);
    expect(lead).toBeLessThan(mostHeld);
  });

  it("ends the backend's response when the client leaves in the middle", async () => {
    const logged = Promise.withResolvers<GatewayEvent>();
    const { backend, gateway } = await start(unbuffered, { settings: { log: logged.resolve } });
    const arrived = backend();
    const response = await open(gateway.url);
    await readPiece(response);
    const sender = await arrived;
    const gone = new Promise((resolve) => sender.once("close", resolve));
    response.destroy();
    await gone;
    expect(sender.writableFinished).toBe(false);
    expect(await logged.promise).toMatchObject({ status: 499, error: null });
  });

  it("breaks off when the backend breaks off, and does not blame the client", async () => {
    const logged = Promise.withResolvers<GatewayEvent>();
    const { backend, gateway } = await start(unbuffered, { settings: { log: logged.resolve } });
    const arrived = backend();
    const response = await open(gateway.url);
    await readPiece(response);
    (await arrived).destroy();
    await countRest(response);
    expect(response.complete).toBe(false);
    expect(await logged.promise).toMatchObject({ status: 200, error: "BackendConnectionFailure" });
  });

  it("counts its timeout up to the head alone", async () => {
    const { backend, gateway } = await start(`timeout-ms="40" ${unbuffered}`);
    const arrived = backend();
    const response = await open(gateway.url);
    await readPiece(response);
    // A second call, which begins later and runs into the same limit, tells that the time is over.
    expect((await gateway.call("/things/hang")).status).toBe(500);
    (await arrived).end("late");
    expect(await countRest(response)).toBe(4);
    expect(response.complete).toBe(true);
  });

  it("holds the whole body for a policy that reads it", async () => {
    const { backend, gateway } = await start(unbuffered, {
      outbound: "<set-body>@(context.Response.Body.As<string>().ToUpper())</set-body>",
    });
    const arrived = backend();
    const answer = gateway.call("/things/1");
    (await arrived).end(" last");
    expect(await answer).toMatchObject({
      status: 200,
      body: "FIRST LAST",
      headers: { "content-length": "10" },
    });
  });

  it("answers 500 when that body is more than a policy may hold", async () => {
    const { backend, gateway } = await start(unbuffered, {
      outbound: '<find-and-replace from="a" to="b" />',
      onError:
        '<set-header name="x-error"><value>@(context.LastError.Source + " " + context.LastError.Message)</value></set-header>',
    });
    const arrived = backend();
    const answer = gateway.call("/things/1");
    (await arrived).on("error", () => undefined).end(Buffer.alloc(33 * 1024 * 1024));
    expect(await answer).toMatchObject({
      status: 500,
      headers: { "x-error": "gateway the response is larger than 33554432 bytes" },
    });
  });
});

describe("forward-request without it", () => {
  it.each(["", 'buffer-response="true"'])("gathers 8 KB of a chunked response (%j)", async (attributes) => {
    const { backend, gateway } = await start(attributes);
    const arrived = backend();
    const opened = open(gateway.url);
    const sender = await arrived;
    sender.write("x".repeat(8 * 1024 - 6));
    sender.write("yz");
    // The head goes with the first block, so there is none before the block is full.
    expect(await readPiece(await opened)).toMatch(/^firstx+yz$/);
    sender.end("rest");
    const response = await opened;
    expect(await countRest(response)).toBe(4);
    expect(response.complete).toBe(true);
  });

  it("gathers nothing of a response with a length", async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const { gateway } = await start("", {
      handler: (_request, response) => {
        response.writeHead(200, { "content-length": "9" }).write("first");
        arrived.resolve(response);
      },
    });
    const response = await open(gateway.url);
    expect(await readPiece(response)).toBe("first");
    (await arrived.promise).end("last");
    expect(await countRest(response)).toBe(4);
  });
});
