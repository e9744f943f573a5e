import type { Log } from "../telemetry/log.ts";

/** A log that keeps what is written to it. */
export interface RecordingLog {
  readonly write: Log;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export function recordingLog(): RecordingLog {
  const events: Record<string, unknown>[] = [];
  return {
    events,
    write: (level, event, details = {}) => void events.push({ level, event, ...details }),
  };
}
