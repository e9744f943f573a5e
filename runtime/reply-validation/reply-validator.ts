import { latestToday } from "../clock.ts";
import type { Clock } from "../clock.ts";
import type { OperationDefinition } from "../operation.ts";
import { problem } from "../problem/problem.ts";
import type { RequestNames } from "../problem/problem-response.ts";
import type { Reply } from "../reply.ts";
import type { Log } from "../telemetry/log.ts";
import { faultLog } from "./fault-log.ts";
import { ReplyContractError } from "./reply-contract-error.ts";
import { findReplyFault } from "./reply-fault.ts";

/**
 * What becomes of an answer that breaks the contract. `throw`, in tests: the invocation fails. `refuse`, in staging: the
 * client gets a 500 problem instead. `log`, in production: the answer leaves as it is; only a share of the answers is
 * looked at. All three write a line of log.
 */
export type ReplyValidation = (typeof REPLY_VALIDATIONS)[number];

export const REPLY_VALIDATIONS = ["throw", "refuse", "log"] as const;

export interface ReplyValidationOptions {
  readonly validation: ReplyValidation;
  /** The share of answers that `log` looks at, from 0 to 1. The others look at each. */
  readonly rate: number;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Holds what leaves an app against the contract: what handlers return, and the problems. */
export interface ReplyValidator {
  /**
   * @param names of the request, for the log
   * @throws {ReplyContractError} for an answer that breaks the contract, under `throw`
   * @throws {Problem} `internal-error`, under `refuse`
   */
  check(reply: Reply, operation: OperationDefinition, names: RequestNames): void;
}

export function replyValidator(options: ReplyValidationOptions): ReplyValidator {
  const { validation, rate, random, clock } = options;
  const faults = faultLog(options.log, clock);
  const isLookedAt = () => validation !== "log" || random() < rate;
  return {
    check(reply, operation, names) {
      faults.settle();
      const fault = isLookedAt() ? findReplyFault(reply, operation, latestToday(clock)) : null;
      if (!fault) return;
      faults.write(fault, names);
      const error = new ReplyContractError(fault);
      if (validation === "throw") throw error;
      if (validation === "refuse") throw problem("internal-error", { cause: error });
    },
  };
}
