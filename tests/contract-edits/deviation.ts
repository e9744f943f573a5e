import type { ContractEdit } from "./contract-edit.ts";

/** How far plain `redocly diff` is off. `level`: it is right about whether an edit breaks, not about what else it is. */
export type Deviation = "right" | "misses a break" | "false alarm" | "level";

/** Whether plain `redocly diff` is right about an edit. */
export function deviationOf({ verdict, redoclyAlone }: ContractEdit): Deviation {
  if (verdict === redoclyAlone) return "right";
  if (verdict === "major") return "misses a break";
  return redoclyAlone === "major" ? "false alarm" : "level";
}
