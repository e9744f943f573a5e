import type { Finding } from "../../finding.ts";
import type { Change } from "../change.ts";
import { covers, type Waiver } from "./waiver.ts";

/** Warns of waivers that waive nothing: what they were for is part of the base, or was taken back. */
export function judgeUnused(waivers: readonly Waiver[], changes: readonly Change[]): Finding[] {
  return waivers
    .filter((waiver) => !changes.some((change) => covers(waiver, change)))
    .map(({ position, rule, at }) => ({
      ...position,
      severity: "warning",
      rule: "waiver/unused",
      message: `the waiver of ${rule} at ${at} waives nothing`,
      hint: "take it out",
    }));
}
