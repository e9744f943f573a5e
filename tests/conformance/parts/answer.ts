import type { Json } from "../../../generator/load/json.ts";

/** What came back. Header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** `undefined` when there is none, or it is no JSON. */
  readonly body: Json | undefined;
}

/** The lines of a streamed body. `undefined` when the last one was cut off. */
export function linesOf({ text }: Answer): string[] | undefined {
  return text.endsWith("\n") ? text.slice(0, -1).split("\n") : undefined;
}

/** `undefined` for what is no JSON. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Without parameters; empty when there is none. */
export function mediaTypeOf({ headers }: Answer): string {
  return headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
}
