import type { Position } from "../../finding.ts";
import type { Change } from "../change.ts";

/** The file of the waivers, reviewed like the contracts beside it. */
export const WAIVERS_FILE = "openapi/waivers.yaml";

/** A breaking change that was agreed to, for a time. */
export interface Waiver {
  /** `breaking/request-property-narrowed`. */
  readonly rule: string;
  /** An operationId, a component with a property path (`Patient.firstName`), an API, a product or a named value. */
  readonly at: string;
  readonly reason: string;
  /** A role or a handle, never an address. */
  readonly approvedBy: string;
  /** The last day on which it holds, `2026-12-31`. */
  readonly expires: string;
  readonly position: Position;
}

/** Whether a waiver is about a change. */
export function covers({ rule, at }: Waiver, change: Change): boolean {
  return rule === change.rule && (at === change.operation || at === change.place);
}
