/** One event, one line of JSON on stdout. Ids, codes and durations only: never a value that a client sent. */
export type Log = (
  level: "info" | "warn" | "error",
  event: string,
  details?: Readonly<Record<string, string | number | boolean | undefined>>,
) => void;

/** @param service the app's name, `patient` */
export function logTo(stream: { write(line: string): unknown }, service: string): Log {
  return (level, event, details = {}) => {
    stream.write(
      `${JSON.stringify({ time: new Date().toISOString(), level, service, event, ...details })}\n`,
    );
  };
}

/** The name and code of an error, which are ours or a library's; its message may hold a person's data and is left out. */
export function nameOfError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code =
    "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? error.code : "";
  return code === "" ? error.name : `${error.name}(${code})`;
}
