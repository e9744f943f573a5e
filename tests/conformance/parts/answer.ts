import type { Json } from "../../../generator/load/json.ts";

/** What came back. Header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** `undefined` when there is none, or it is no JSON. */
  readonly body: Json | undefined;
}

/** Without parameters; empty when there is none. */
export function mediaTypeOf({ headers }: Answer): string {
  return headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
}
