import { currentSpan } from "./current-span.ts";

export type LogLevel = (typeof LOG_LEVELS)[number];

/** From what concerns somebody later to what concerns somebody now. */
export const LOG_LEVELS = ["info", "warn", "error"] as const;

/** One event, one line of JSON on stdout. Ids, codes and durations only: never a value that a client sent. */
export type Log = (
  level: LogLevel,
  event: string,
  details?: Readonly<Record<string, string | number | boolean | undefined>>,
) => void;

/**
 * A log of an app. What happens for a request or in a run of a job bears its trace id and span id.
 * @param service the app's name, `patient`
 * @param least events below this level are left out
 */
export function logTo(
  stream: { write(line: string): unknown },
  service: string,
  least: LogLevel = "info",
): Log {
  const from = LOG_LEVELS.indexOf(least);
  return (level, event, details = {}) => {
    if (LOG_LEVELS.indexOf(level) < from) return;
    const { traceId, spanId } = currentSpan() ?? {};
    const time = new Date().toISOString();
    stream.write(`${JSON.stringify({ time, level, service, event, traceId, spanId, ...details })}\n`);
  };
}

const NAME = /^[\w$.]{1,64}$/;
const CODE = /^[\w.-]{1,64}$/;

/** The name and code of an error, which are ours or a library's; its message may hold a person's data and is left out. */
export function nameOfError(error: unknown): string {
  if (!isError(error)) return typeof error;
  const name = NAME.test(error.name) ? error.name : "Error";
  const code =
    "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? error.code : "";
  return CODE.test(String(code)) ? `${name}(${code})` : name;
}

/** One that comes from another thread may be made of another `Error`. */
function isError(error: unknown): error is { readonly name: string } {
  if (error instanceof Error) return true;
  return (
    typeof error === "object" &&
    error !== null &&
    "stack" in error &&
    typeof error.stack === "string" &&
    "name" in error &&
    typeof error.name === "string"
  );
}
