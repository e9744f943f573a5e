import { EXPECTATIONS, type Expectation } from "./expectations.ts";
import type { Received } from "./oracle/received.ts";

/** How a request must be answered, and what says so. */
export interface Judgement {
  readonly expectation: Expectation;
  readonly status: number;
}

/** @throws never: the last expectation always holds */
export function judgeRequest(received: Received): Judgement {
  const expectation = EXPECTATIONS.find(({ holds }) => holds(received));
  if (!expectation) throw new Error("no expectation holds");
  return { expectation, status: expectation.status(received.operation) };
}

/** Whether the request has come so far that its values are held against the contract. */
export function isJudgedBySchema({ expectation }: Judgement): boolean {
  return FIRST_BY_SCHEMA <= EXPECTATIONS.indexOf(expectation);
}

const FIRST_BY_SCHEMA = EXPECTATIONS.findIndex(({ id }) => id === "malformed-id");
