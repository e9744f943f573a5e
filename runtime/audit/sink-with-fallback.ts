import type { Log } from "../telemetry/log.ts";
import { nameOfError } from "../telemetry/log.ts";
import type { AuditSink } from "./audit-sink.ts";
import { RecordConflictError } from "./http-audit-sink.ts";

export interface FallbackOptions {
  /** The register. */
  readonly first: AuditSink;
  /** The outbox. */
  readonly second: AuditSink;
  readonly log: Log;
  /** For how long after a failure records go straight to the second, one of them still trying the first. In milliseconds. */
  readonly pauseMs: number;
  /** Milliseconds on a clock that only goes forward; the process's unless a test brings its own. */
  readonly elapsed?: () => number;
}

/**
 * A sink that fails only when neither of two takes the record. While the first is known to be away, records do not wait for
 * its deadline again and again: one at a time finds out whether it is back.
 */
export function sinkWithFallback({ first, second, log, pauseMs, elapsed = now }: FallbackOptions): AuditSink {
  let awayUntil: number | undefined;
  let probing = false;

  const isAway = (): boolean => awayUntil !== undefined && (probing || elapsed() < awayUntil);
  const tellChange = (away: boolean, error?: unknown): void => {
    if (away === (awayUntil !== undefined)) return;
    if (away) log("warn", "register-away", { cause: nameOfError(error) });
    else log("info", "register-back");
  };

  return {
    async append(record, span) {
      if (isAway()) return second.append(record, span);
      const probe = awayUntil !== undefined;
      probing = probe;
      try {
        await first.append(record, span);
        tellChange(false);
        awayUntil = undefined;
      } catch (error) {
        // One record that the register contradicts waits for a person in the outbox; the register is there.
        if (!(error instanceof RecordConflictError)) {
          tellChange(true, error);
          awayUntil = elapsed() + pauseMs;
        }
        await second.append(record, span);
      } finally {
        if (probe) probing = false;
      }
    },
  };
}

function now(): number {
  return performance.now();
}
