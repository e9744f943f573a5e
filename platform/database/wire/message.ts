import type { Document } from "../values/document.ts";
import { decodeDocument } from "../values/document.ts";

/** A command as it came. */
export interface WireRequest {
  readonly requestId: number;
  /** Whether it was an OP_QUERY, which is answered with an OP_REPLY; only handshakes still use it. */
  readonly legacy: boolean;
  /** Whether the client wants no answer. */
  readonly silent: boolean;
  readonly body: Document;
}

/** The bytes that are no message of the wire protocol; the connection they came by is closed. */
export class ProtocolError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ProtocolError";
  }
}

/** Bytes of a message's header: length, request id, answered id, operation; each a little-endian int32. */
export const headerBytes = 16;

const operation = { reply: 1, query: 2004, message: 2013 } as const;
const flag = { checksumPresent: 1, moreToCome: 2, requiredMask: 0xffff } as const;

/**
 * Reads a whole OP_MSG or OP_QUERY.
 *
 * @throws {ProtocolError} for anything else, whatever is wrong with it
 *
 * Source: MongoDB specification "OP_MSG".
 */
export function readMessage(message: Buffer): WireRequest {
  try {
    const requestId = message.readInt32LE(4);
    switch (message.readInt32LE(12)) {
      case operation.message:
        return { requestId, legacy: false, silent: isSilent(message), body: readSections(message) };
      case operation.query:
        return { requestId, legacy: true, silent: false, body: readQuery(message) };
      default:
        throw new ProtocolError("unknown operation");
    }
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError("malformed message", { cause: error });
  }
}

/** Wraps the BSON of an answer. */
export function writeReply({ requestId, legacy }: WireRequest, body: Uint8Array): Buffer {
  const prefix = legacy ? legacyPrefix() : Buffer.alloc(5);
  const header = Buffer.alloc(headerBytes);
  header.writeInt32LE(headerBytes + prefix.length + body.byteLength, 0);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(legacy ? operation.reply : operation.message, 12);
  return Buffer.concat([header, prefix, body]);
}

/** Flags 8 (awaitCapable), no cursor, from 0 on, one document. */
function legacyPrefix(): Buffer {
  const prefix = Buffer.alloc(20);
  prefix.writeInt32LE(8, 0);
  prefix.writeInt32LE(1, 16);
  return prefix;
}

function isSilent(message: Buffer): boolean {
  const flags = message.readUInt32LE(headerBytes);
  if (flags & flag.requiredMask & ~flag.moreToCome) throw new ProtocolError("unknown flags");
  return (flags & flag.moreToCome) !== 0;
}

/** One body (kind 0), and any number of document sequences (kind 1) that become fields of it. */
function readSections(message: Buffer): Document {
  let body: Document | undefined;
  const sequences: [string, Document[]][] = [];
  let offset = headerBytes + 4;
  while (offset < message.length) {
    const kind = message.readUInt8(offset);
    const length = message.readInt32LE(offset + 1);
    const content = slice(message, offset + 1, length);
    if (kind === 0 && !body) body = decodeDocument(content);
    else if (kind === 1) sequences.push(readSequence(content));
    else throw new ProtocolError("unknown section");
    offset += 1 + length;
  }
  if (!body) throw new ProtocolError("no body");
  return withSequences(body, sequences);
}

function withSequences(body: Document, sequences: readonly [string, Document[]][]): Document {
  for (const [name, documents] of sequences) {
    if (name === "__proto__" || Object.hasOwn(body, name)) throw new ProtocolError("a field twice");
    body[name] = documents;
  }
  return body;
}

function readSequence(content: Buffer): [string, Document[]] {
  const nameEnd = content.indexOf(0, 4);
  if (nameEnd < 0) throw new ProtocolError("a sequence without a name");
  const documents: Document[] = [];
  let offset = nameEnd + 1;
  while (offset < content.length) {
    const length = content.readInt32LE(offset);
    documents.push(decodeDocument(slice(content, offset, length)));
    offset += length;
  }
  return [content.toString("utf8", 4, nameEnd), documents];
}

/** Flags, a name such as `admin.$cmd`, two numbers, the command. */
function readQuery(message: Buffer): Document {
  const nameEnd = message.indexOf(0, headerBytes + 4);
  const name = message.toString("utf8", headerBytes + 4, nameEnd);
  if (nameEnd < 0 || !name.endsWith(".$cmd")) throw new ProtocolError("no command");
  const start = nameEnd + 1 + 8;
  const body = decodeDocument(slice(message, start, message.readInt32LE(start)));
  return { ...body, $db: name.slice(0, -".$cmd".length) };
}

/** A part whose length is what it claims; no document is shorter than 5 bytes. */
function slice(buffer: Buffer, start: number, length: number): Buffer {
  if (length < 5 || start + length > buffer.length) throw new ProtocolError("a length out of bounds");
  return buffer.subarray(start, start + length);
}
