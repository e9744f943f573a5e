import type { LogCategory, LogLevel } from "./core-types.ts";

/** Where the host and the app's `context.log` write. */
export interface HostLog {
  /** Lines below `information` are dropped, as Azure does by default. */
  write(level: LogLevel, category: LogCategory, message: string, functionName?: string): void;
}

/** Writes one line for each message, line breaks within it escaped. */
export function createHostLog(writeLine: (line: string) => void): HostLog {
  return {
    write(level, category, message, functionName) {
      if (SILENT.has(level)) return;
      const source = functionName ?? (category === "user" ? "app" : "host");
      writeLine(`${level} ${source}: ${message.replaceAll(/\r?\n/g, "\\n")}`);
    },
  };
}

const SILENT = new Set<LogLevel>(["trace", "debug", "none"]);
