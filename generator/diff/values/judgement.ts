import type { DiffRuleId } from "../rules.ts";
import type { Difference } from "../schemas/difference.ts";

/** What a difference means for partners. */
export interface Judgement {
  readonly rule: DiffRuleId;
  readonly message: (subject: string) => string;
  readonly news: (subject: string) => string;
}

/** True when a property that is new is required as well. */
export function isRequiredToo({ path }: Difference, all: readonly Difference[]): boolean {
  return all.some((other) => other.kind === "required-added" && isSamePath(other.path, path));
}

export function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
