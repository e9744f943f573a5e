import { drawTrace } from "./draw-trace.ts";
import { fetchTrace } from "./fetch-trace.ts";
import { readOptions } from "./read-options.ts";

/** What the command reads of the process, and where it writes. */
export interface ShowTraceSurroundings {
  /** `SPECIMEN_GATEWAY_PORT`. */
  readonly port: string | undefined;
  readonly isColoured: boolean;
  readonly print: (text: string) => void;
  readonly warn: (text: string) => void;
}

/**
 * Prints the transaction of a trace.
 *
 * @returns the exit code: 0; 1 when the transaction cannot be had; 2 when the arguments say nothing that can be asked
 */
export async function runShowTrace(
  args: readonly string[],
  { port, isColoured, print, warn }: ShowTraceSurroundings,
): Promise<0 | 1 | 2> {
  const options = readOptions(args, port);
  if (typeof options === "string") {
    warn(`trace:show: ${options}\n\n${USAGE}`);
    return 2;
  }
  const trace = await fetchTrace(options);
  if (typeof trace === "string") {
    warn(`trace:show: ${trace}`);
    return 1;
  }
  print(drawTrace(trace, isColoured));
  return 0;
}

const USAGE = `Usage: npm run trace:show -- <trace id or traceparent> [--url http://127.0.0.1:8080]`;
