import { deserialize, serialize } from "bson";

/** A command of the MongoDB wire protocol, as far as a fault may depend on it. */
export interface WireCommand {
  /** `insert`, `find` … */
  readonly name: string;
  readonly collection: string;
  /** How many documents, updates or deletes a bulk write has; 0 for everything else. */
  readonly items: number;
}

/** An error as a server writes it. */
export interface WireError {
  readonly code: number;
  readonly message: string;
}

/** A whole OP_MSG from a client, cut into its parts, as they are. */
export interface WireMessage {
  readonly requestId: number;
  readonly command: WireCommand;
  readonly bytes: Buffer;
  /** The items of the bulk write, when they travel in a section of their own. */
  readonly sequence: WireSequence | undefined;
}

interface WireSequence {
  readonly name: string;
  readonly items: readonly Buffer[];
  /** Where the section begins and ends. */
  readonly from: number;
  readonly to: number;
}

const OP_MSG = 2013;
const HEADER = 16;
/** Header and flags. */
const SECTIONS = HEADER + 4;
const MORE_TO_COME = 2;

/**
 * Reads an OP_MSG (MongoDB specification "OP_MSG").
 * @returns `undefined` for what has no answer or is of an older kind: handshakes
 */
export function readWireMessage(bytes: Buffer): WireMessage | undefined {
  if (bytes.readInt32LE(12) !== OP_MSG || (bytes.readInt32LE(HEADER) & MORE_TO_COME) !== 0) return undefined;
  let body: Record<string, unknown> = {};
  let sequence: WireSequence | undefined;
  for (let offset = SECTIONS; offset < bytes.length;) {
    const kind = bytes.readUInt8(offset);
    const end = offset + 1 + bytes.readInt32LE(offset + 1);
    if (kind === 0) body = deserialize(bytes.subarray(offset + 1, end));
    else sequence = readSequence(bytes, offset, end);
    offset = end;
  }
  const [name = ""] = Object.keys(body);
  const collection = typeof body[name] === "string" ? body[name] : "";
  const command = { name, collection, items: sequence?.items.length ?? 0 };
  return { requestId: bytes.readInt32LE(4), command, bytes, sequence };
}

/** The message without some of its items. */
export function withoutItems({ bytes, sequence }: WireMessage, left: ReadonlySet<number>): Buffer {
  if (!sequence) return bytes;
  const { name, items, from, to } = sequence;
  const kept = items.filter((_, index) => !left.has(index));
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...kept]);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(1);
  prefix.writeInt32LE(content.length + 4, 1);
  const message = Buffer.concat([bytes.subarray(0, from), prefix, content, bytes.subarray(to)]);
  message.writeInt32LE(message.length, 0);
  return message;
}

/** An answer to a message. */
export function wireAnswer({ requestId }: WireMessage, answer: Record<string, unknown>): Buffer {
  const body = serialize(answer);
  const head = Buffer.alloc(SECTIONS + 1);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}

/** The command as a whole is refused. */
export function refusal({ code, message }: WireError): Record<string, unknown> {
  return { ok: 0, code, errmsg: message };
}

/** Some items of a bulk write are refused, beside those that the server has refused. */
export function withRefusedItems(
  answer: Record<string, unknown>,
  { command }: WireMessage,
  refused: ReadonlySet<number>,
  { code, message }: WireError,
): Record<string, unknown> {
  const kept = Array.from({ length: command.items }, (_, index) => index).filter((one) => !refused.has(one));
  const own = Array.isArray(answer.writeErrors) ? (answer.writeErrors as { index: number }[]) : [];
  const writeErrors = [
    ...own.map((one) => ({ ...one, index: kept[one.index] ?? one.index })),
    ...[...refused].map((index) => ({ index, code, errmsg: message })),
  ].sort((one, other) => one.index - other.index);
  return { ...answer, writeErrors };
}

/** The document of an answer. */
export function answerIn(bytes: Buffer): Record<string, unknown> {
  return deserialize(bytes.subarray(SECTIONS + 1));
}

/** The id of the message that an answer is for. */
export function answeredId(bytes: Buffer): number {
  return bytes.readInt32LE(8);
}

function readSequence(bytes: Buffer, from: number, to: number): WireSequence {
  const nameEnd = bytes.indexOf(0, from + 5);
  const items: Buffer[] = [];
  for (let offset = nameEnd + 1; offset < to;) {
    const end = offset + bytes.readInt32LE(offset);
    items.push(bytes.subarray(offset, end));
    offset = end;
  }
  return { name: bytes.toString("utf8", from + 5, nameEnd), items, from, to };
}
