import type { Random } from "../tamper/random.ts";
import type { WireJudge } from "./wire-proxy.ts";

export interface ThrottleOptions {
  /** Of commands, and of the items of bulk writes: from 0 to 1. */
  readonly share: number;
  readonly random: Random;
  /** Is told of each command, and each item, that is refused. */
  readonly onThrottled?: () => unknown;
}

/**
 * Throttles as Azure Cosmos DB for MongoDB does: "too many requests" has the code 16500, and the time to wait only in its
 * text. Of a bulk write some items may have been done; a write of one is refused as a command or as an item.
 * https://learn.microsoft.com/azure/cosmos-db/mongodb/error-codes-solutions
 */
export function throttle({ share, random, onThrottled = () => undefined }: ThrottleOptions): WireJudge {
  return ({ items }) => {
    if (items > 0 && random.chance(0.5)) {
      const indexes = Array.from({ length: items }, (_, index) => index);
      const refused = new Set(indexes.filter(() => random.chance(share)));
      refused.forEach(onThrottled);
      return refused.size > 0 ? { refuseItems: refused, error: THROTTLED } : "pass";
    }
    if (!random.chance(share)) return "pass";
    onThrottled();
    return { refuse: THROTTLED };
  };
}

const THROTTLED = {
  code: 16_500,
  message:
    "Error=16500, RetryAfterMs=8, Details='Response status code does not indicate success: TooManyRequests (429)'",
};
