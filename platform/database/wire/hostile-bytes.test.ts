import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { createConnection } from "node:net";
import type { Socket } from "node:net";
import { deserialize, serialize } from "bson";
import fc from "fast-check";
import type { Document } from "mongodb";
import type { TestDatabase } from "../testing/test-database.ts";
import { startTestDatabase } from "../testing/test-database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});

afterAll(() => database.close());

async function connect(): Promise<Socket> {
  const socket = createConnection(decodeURIComponent(database.uri.slice("mongodb://".length, -1)));
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Sends the bytes and waits for the server to close the connection. @returns what it said before */
async function closedBy(bytes: Uint8Array): Promise<Buffer> {
  const socket = await connect();
  const answers: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => answers.push(chunk));
  socket.write(bytes);
  await once(socket, "close");
  return Buffer.concat(answers);
}

/** Sends chunks, then takes the one answer. */
async function answered(...chunks: Uint8Array[]): Promise<Document> {
  const socket = await connect();
  for (const chunk of chunks) socket.write(chunk);
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return deserialize(answer.subarray(answer.readInt32LE(12) === 1 ? 36 : 21));
}

function message(operation: number, content: Uint8Array, length = 16 + content.byteLength): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, content]);
}

function command(body: Document, flags = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32LE(flags, 0);
  return message(2013, Buffer.concat([prefix, serialize(body)]));
}

/** A command whose document is given as bytes. */
function raw(document: Uint8Array): Buffer {
  return message(2013, Buffer.concat([Buffer.alloc(5), document]));
}

/** A document of documents, so deep that reading it could exhaust the stack. */
function nested(depth: number): Buffer {
  const buffer = Buffer.alloc(depth * 8 + 5);
  for (let level = 0; level < depth; level++) {
    buffer.writeInt32LE(depth * 8 + 5 - level * 8, level * 7);
    buffer.writeUInt8(3, level * 7 + 4);
    buffer.write("a", level * 7 + 5);
  }
  buffer.writeInt32LE(5, depth * 7);
  return buffer;
}

const ping = { ping: 1, $db: "test" };
const body = serialize(ping);

describe("a connection with bytes that are no message", () => {
  it.each<[string, Uint8Array]>([
    ["a length of 0", message(2013, Buffer.alloc(5), 0)],
    ["a negative length", message(2013, Buffer.alloc(5), -1)],
    ["a length beyond the limit", message(2013, Buffer.alloc(5), 48_000_001)],
    ["an HTTP request", Buffer.from("POST / HTTP/1.1\r\nhost: localhost\r\n\r\n")],
    ["an unknown operation", message(7, body)],
    ["compression that was not agreed on", message(2012, body)],
    ["nothing after the header", message(2013, Buffer.alloc(0))],
    ["flags alone", message(2013, Buffer.alloc(4))],
    ["unknown required flags", command(ping, 4)],
    ["an unknown section", message(2013, Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), body]))],
    ["two bodies", message(2013, Buffer.concat([Buffer.alloc(5), body, Buffer.alloc(1), body]))],
    ["a truncated document", raw(body.subarray(0, body.length - 3))],
    ["a document that claims too much", raw(Buffer.from([255, 255, 255, 127, 0]))],
    ["a document that claims too little", raw(Buffer.from([1, 0, 0, 0, 0]))],
    ["a string that claims too much", raw(Buffer.from([14, 0, 0, 0, 2, 97, 0, 255, 255, 255, 127, 0, 0, 0]))],
    ["a type that BSON lacks", raw(Buffer.from([8, 0, 0, 0, 99, 97, 0, 0]))],
    ["text that is no UTF-8", raw(Buffer.from([14, 0, 0, 0, 2, 97, 0, 2, 0, 0, 0, 255, 0, 0]))],
    ["a sequence without a name", message(2013, Buffer.from([0, 0, 0, 0, 1, 5, 0, 0, 0, 97]))],
    [
      "a legacy query to a collection",
      message(2004, Buffer.concat([Buffer.alloc(4), Buffer.from("a.b\0"), Buffer.alloc(8), body])),
    ],
  ])("is closed without an answer: %s", async (_title, bytes) => {
    expect((await closedBy(bytes)).length).toBe(0);
    expect(await database.db.command({ ping: 1 })).toEqual({ ok: 1 });
  });

  it("never takes the server down, whatever the bytes", async () => {
    const corrupted = fc.tuple(fc.nat(command(ping).length - 1), fc.nat(255)).map(([at, byte]) => {
      const bytes = command(ping);
      bytes[at] = byte;
      return bytes;
    });
    const anything = fc
      .uint8Array({ maxLength: 200 })
      .map((content) => Buffer.concat([message(2013, content), content]));
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, corrupted), async (bytes) => {
        const socket = await connect();
        socket.end(bytes);
        socket.resume();
        await once(socket, "close");
      }),
      { numRuns: 200 },
    );
    expect(await database.db.command({ ping: 1 })).toEqual({ ok: 1 });
  });
});

describe("a connection with messages", () => {
  it("takes them in any pieces", async () => {
    const bytes = command(ping);
    expect(await answered(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual({ ok: 1 });
  });

  it("answers several in order, and none that wants no answer", async () => {
    const socket = await connect();
    const silent = command({ insert: "c", documents: [{ _id: 1 }], $db: "test" }, 2);
    socket.write(Buffer.concat([silent, command({ count: "c", $db: "test" }), command(ping)]));
    let received = Buffer.alloc(0);
    const answers: Document[] = [];
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
        answers.push(deserialize(received.subarray(21, received.readInt32LE(0))));
        received = received.subarray(received.readInt32LE(0));
      }
      if (answers.length === 2) break;
    }
    expect(answers).toEqual([{ n: 1, ok: 1 }, { ok: 1 }]);
  });

  it("answers the legacy handshake", async () => {
    const content = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from("admin.$cmd\0"),
      Buffer.alloc(8),
      serialize({ ismaster: 1 }),
    ]);
    expect(await answered(message(2004, content))).toMatchObject({
      ismaster: true,
      maxWireVersion: 21,
      ok: 1,
    });
  });

  it.each<[string, Document]>([
    ["no command", {}],
    ["no database", { ping: 1 }],
    ["a prototype's name as a command", { constructor: 1, $db: "test" }],
    ["a database that is no text", { ping: 1, $db: 1 }],
    ["a collection that is no text", { find: { a: 1 }, $db: "test" }],
    ["a collection with a NUL", { insert: "a\0b", documents: [{}], $db: "test" }],
    ["documents that are none", { insert: "c", documents: [1], $db: "test" }],
    ["a filter that is none", { find: "c", filter: "x", $db: "test" }],
    ["a negative limit", { find: "c", limit: -1, $db: "test" }],
    ["a reference as an operand", { find: "c", filter: { a: { $ref: "x", $id: 1 } }, $db: "test" }],
  ])("refuses %s and goes on", async (_title, document) => {
    expect(await answered(command(document))).toMatchObject({ ok: 0 });
  });

  it("refuses a stack of a million documents, and goes on", async () => {
    expect(await answered(raw(nested(1_000_000)))).toMatchObject({ ok: 0, code: 59 });
  });

  it("refuses a stack of operators, and goes on", async () => {
    let filter: Document = { a: 1 };
    for (let depth = 0; depth < 50_000; depth++) filter = { $nor: [filter] };
    expect(await answered(command({ find: "c", filter, $db: "test" }))).toMatchObject({ ok: 0, code: 15 });
    expect(await answered(command(ping))).toEqual({ ok: 1 });
  });

  it("refuses a filter that is too deep, and goes on", async () => {
    let filter: Document = { a: 1 };
    for (let depth = 0; depth < 150; depth++) filter = { a: filter };
    expect(await answered(command({ find: "c", filter, $db: "test" }))).toMatchObject({ ok: 0, code: 15 });
  });
});
