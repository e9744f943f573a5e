import { Char } from "./char.ts";
import { spend } from "./evaluation.ts";
import { BoxedNumber } from "./number.ts";
import { raiseArgumentNull } from "./thrown.ts";

/** Walks what C# can enumerate; each item takes a step of the budget. */
export function* iterate(value: unknown): Generator<unknown, void> {
  if (value === null || value === undefined) raiseArgumentNull("source");
  for (const item of rawItems(value)) {
    spend();
    yield item;
  }
}

/** A byte as value. */
export function byteOf(value: number): BoxedNumber {
  return new BoxedNumber("byte", BigInt(value));
}

function rawItems(value: unknown): Iterable<unknown> {
  if (typeof value === "string") return characters(value);
  if (value instanceof Uint8Array) return bytes(value);
  return isIterable(value) ? value : [];
}

function* characters(text: string): Generator<Char> {
  for (let index = 0; index < text.length; index++) yield Char.at(text, index);
}

function* bytes(array: Uint8Array): Generator<BoxedNumber> {
  for (const byte of array) yield byteOf(byte);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
