import { Long, serialize } from "bson";
import type { Batch } from "./cursors.ts";

/**
 * The BSON of `{cursor: {<name>: [...], id, ns}, ok: 1}`.
 *
 * @param name `firstBatch` or `nextBatch`
 */
export function cursorReply(
  name: "firstBatch" | "nextBatch",
  namespace: string,
  { id, documents }: Batch,
): Uint8Array {
  const tail = contentOf(serialize({ id: Long.fromNumber(id), ns: namespace }));
  const cursor = wrap([
    element(0x04, name, wrap(documents.map((bytes, index) => element(0x03, String(index), bytes)))),
    tail,
  ]);
  return wrap([element(0x03, "cursor", cursor), contentOf(serialize({ ok: 1 }))]);
}

function element(type: number, name: string, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), content]);
}

/** A document of elements: its length before them, a 0 after. */
function wrap(elements: readonly Uint8Array[]): Buffer {
  const length = elements.reduce((sum, { byteLength }) => sum + byteLength, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...elements, Buffer.alloc(1)]);
}

/** The elements of a document, without its length and its end. */
function contentOf(document: Uint8Array): Uint8Array {
  return document.subarray(4, -1);
}
