import { findEnvelopeFault, isEnvelope, type Envelope } from "../envelope.ts";
import { MAX_ITEMS, NOT_JSON, splitItems } from "./split-items.ts";

/** Breeze's answer to a body. */
export interface TrackAnswer {
  readonly status: 200 | 206 | 400 | 413;
  readonly itemsReceived: number;
  readonly itemsAccepted: number;
  /** The first thousand of those not accepted. */
  readonly errors: readonly TrackError[];
}

export interface TrackError {
  readonly index: number;
  readonly statusCode: number;
  readonly message: string;
}

/** Judges each item of a body, and keeps none: the items are parsed again if somebody looks. */
export function judgeBody(body: Buffer, instrumentationKey: string): TrackAnswer {
  const items = splitItems(body);
  if (items.length > MAX_ITEMS) return refuse(413, `A body holds at most ${MAX_ITEMS} items`);
  if (items.length === 0) return refuse(400, "The body holds no items");
  const errors: TrackError[] = [];
  let accepted = 0;
  for (const [index, item] of items.entries()) {
    const message = findFault(item, instrumentationKey);
    if (message === undefined) accepted += 1;
    else if (errors.length < MAX_ERRORS) errors.push({ index, statusCode: 400, message });
  }
  const status = accepted === items.length ? 200 : accepted > 0 ? 206 : 400;
  return { status, itemsReceived: items.length, itemsAccepted: accepted, errors };
}

/** Those of a body that were accepted, in order. */
export function acceptedOf(body: Buffer, instrumentationKey: string): Envelope[] {
  return splitItems(body)
    .filter(isEnvelope)
    .filter(({ iKey }) => iKey === instrumentationKey);
}

/** A body that refuses as a whole, in Breeze's form. */
export function refuse(status: 400 | 413, message: string): TrackAnswer {
  return { status, itemsReceived: 0, itemsAccepted: 0, errors: [{ index: 0, statusCode: status, message }] };
}

/** So that a body of nothing but commas is not answered with a hundred times its length. */
const MAX_ERRORS = 1000;

function findFault(item: unknown, instrumentationKey: string): string | undefined {
  if (isEnvelope(item)) return item.iKey === instrumentationKey ? undefined : "Invalid instrumentation key";
  return item === NOT_JSON ? "Not JSON" : findEnvelopeFault(item);
}
