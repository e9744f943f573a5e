import type { Json, JsonObject } from "../../load/json.ts";
import type { Origin } from "./shape.ts";

/** How the values that are accepted after a change relate to those before it. */
export type Relation =
  /** Some are refused now. */
  | "narrowed"
  /** Some are accepted now that were not. */
  | "widened"
  /** Both, or nobody can tell. */
  | "unclear";

/** What changed, as far as its direction decides differently than by its relation alone. */
export type DifferenceKind =
  | "value"
  | "listed-values"
  | "property-added"
  | "property-removed"
  | "required-added"
  | "required-removed"
  | "opened"
  | "closed"
  | "default"
  | "deprecated"
  | "read-only"
  | "write-only";

/** One way in which two terms differ. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly relation: Relation;
  /** `maxLength`, `enum`, `type`. */
  readonly keyword: string;
  /** What it was and what it is; `undefined` when there was or is none. */
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** Names of properties, `[]` for items, `*` for properties of any other name. */
  readonly path: readonly string[];
  readonly base: Origin | undefined;
  readonly head: Origin | undefined;
  /** The schema of each side that the difference is in. */
  readonly baseNode: JsonObject | undefined;
  readonly headNode: JsonObject | undefined;
  /** The reference that leads elsewhere than before, when the difference lies behind one. */
  readonly swap: Origin | undefined;
}

/** True when something that was accepted may be refused. */
export function refusesMore(difference: Difference): boolean {
  return difference.relation !== "widened";
}

/** True when something that was refused may be accepted. */
export function acceptsMore(difference: Difference): boolean {
  return difference.relation !== "narrowed";
}
