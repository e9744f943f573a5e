import type { Clock } from "../clock.ts";
import type { RequestNames } from "../problem/problem-response.ts";
import type { Log } from "../telemetry/log.ts";
import type { ReplyFault } from "./reply-fault.ts";

/** How many faults of one operation are written in a minute. The rest are counted. */
export const LINES_PER_MINUTE = 10;

const MINUTE_MS = 60_000;

/** Writes faults, few enough that a broken handler does not flood the log. */
export interface FaultLog {
  /** `reply-breaks-contract`, unless the operation's lines of this minute are used up. */
  write(fault: ReplyFault, names: RequestNames): void;
  /**
   * `reply-faults-suppressed` for each operation of a minute that is over. To be called with every answer: there is no
   * timer, so the count of the last minute before a silence is written when the silence ends.
   */
  settle(): void;
}

/** @param clock counts the minutes; the first begins with the first fault */
export function faultLog(log: Log, clock: Clock): FaultLog {
  const counts = new Map<string, number>();
  let endOfMinute = 0;
  const settle = () => {
    if (counts.size === 0 || clock.now().getTime() < endOfMinute) return;
    for (const [operationId, count] of counts) {
      const suppressed = count - LINES_PER_MINUTE;
      if (suppressed > 0) log("error", "reply-faults-suppressed", { operationId, suppressed });
    }
    counts.clear();
  };
  return {
    settle,
    write(fault, { traceId, requestId }) {
      settle();
      if (counts.size === 0) endOfMinute = clock.now().getTime() + MINUTE_MS;
      const count = (counts.get(fault.operationId) ?? 0) + 1;
      counts.set(fault.operationId, count);
      if (count <= LINES_PER_MINUTE) log("error", "reply-breaks-contract", { ...fault, traceId, requestId });
    },
  };
}
