import type { Position } from "../finding.ts";
import type { DiffRuleId } from "./rules.ts";

/** What a change asks of a semantic version (semver.org, 2.0.0, 6 to 8). */
export type Impact = "major" | "minor" | "patch";

/** One thing that is different for partners, or for those who read the published contract. */
export interface Change {
  readonly rule: DiffRuleId;
  /** In the contract as it is now: the line that a person would change. */
  readonly at: Position;
  /** Where it was, of what is no longer there. */
  readonly was?: Position;
  /** `patient`. */
  readonly api: string;
  /** The operationId, of what concerns an operation. */
  readonly operation?: string;
  /** What a waiver can name it by beside the operation: a component with a property path, a product, a named value. */
  readonly place?: string;
  /** `observations[].status`, `the query parameter limit`. */
  readonly subject: string;
  /** For the API designer, about the subject. Without a full stop. */
  readonly message: (subject: string) => string;
  /** The same in words for partners, for the changelog. Without a full stop. */
  readonly news: (subject: string) => string;
  /** Every place that the judgement rests on. What `redocly diff` says of these places is taken care of. */
  readonly evidence: Evidence;
}

export interface Evidence {
  readonly base: readonly Position[];
  readonly head: readonly Position[];
}

/** Takes changes, in the order in which they are found. */
export type Report = (change: Change) => void;

const ORDER: readonly Impact[] = ["patch", "minor", "major"];

/** The highest of some impacts, `none` of none. */
export function highest(impacts: readonly (Impact | "none")[]): Impact | "none" {
  return ORDER.findLast((impact) => impacts.includes(impact)) ?? "none";
}
