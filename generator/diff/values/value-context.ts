import type { JsonObject } from "../../load/json.ts";
import type { Report } from "../change.ts";
import type { Origin } from "../schemas/shape.ts";
import type { Locator } from "../sides/locator.ts";

/** What a schema is for, and where changes of it go. */
export interface ValueContext {
  readonly api: string;
  readonly operation: string;
  readonly locator: Locator;
  readonly report: Report;
  /** The reference behind which the value lies, when it leads elsewhere than before. */
  readonly swap: Origin | undefined;
  /** The contract before the change: what clients could know. */
  readonly known: JsonObject;
  /** Who writes the value. */
  readonly direction: "request" | "response";
  /** `property` of a body, or a value that travels beside it. */
  readonly kind: "property" | "parameter" | "header";
  /** `the query parameter limit`; `undefined` for a body. */
  readonly label: string | undefined;
}

/** What a difference is about, in words: `observations[].status`, `the body`, `the query parameter limit`. */
export function subjectOf({ label, direction }: ValueContext, path: readonly string[]): string {
  const inner = path.reduce(
    (name, step) => (step.startsWith("[") || name === "" ? name + step : `${name}.${step}`),
    "",
  );
  if (label !== undefined) return inner === "" ? label : `${inner} of ${label}`;
  if (inner !== "") return inner;
  return direction === "request" ? "the body" : "the answer";
}
