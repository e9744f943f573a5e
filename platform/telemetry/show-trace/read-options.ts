import { parseArgs } from "node:util";
import { isMembers } from "../envelope.ts";
import { parseTraceId, TRACE_ID_EXPECTED } from "../parse-trace-id.ts";

export interface ShowTraceOptions {
  readonly traceId: string;
  /** Where the pages are, without a slash at its end. */
  readonly url: string;
}

/**
 * Reads the command's arguments.
 *
 * @param port of the gateway, where no `--url` is given
 * @returns what is wrong, when something is
 */
export function readOptions(args: readonly string[], port = "8080"): ShowTraceOptions | string {
  const parsed = parse(args);
  if (typeof parsed === "string") return parsed;
  const [given, ...more] = parsed.positionals;
  if (given === undefined) return `which trace? Expected ${TRACE_ID_EXPECTED}.`;
  if (more.length > 0) return `one trace at a time; read ${parsed.positionals.length} arguments.`;
  const traceId = parseTraceId(given);
  if (traceId === undefined) return `${JSON.stringify(given)} is no trace id. Expected ${TRACE_ID_EXPECTED}.`;
  const url = parsed.values.url ?? `http://127.0.0.1:${port}`;
  if (!URL.canParse(url) || !/^https?:/.test(url)) return `${JSON.stringify(url)} is no http address.`;
  return { traceId, url: url.replace(/\/+$/, "") };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { url: { type: "string" } }, allowPositionals: true });
  } catch (error) {
    return isMembers(error) && typeof error.message === "string" ? error.message : "unknown arguments";
  }
}
