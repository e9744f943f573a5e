import { readFileSync } from "node:fs";
import path from "node:path";

/** Names of one culture. The lists are shared with the Locust journeys. */
export interface Culture {
  culture: string;
  /** Whether the full name starts with the family name. */
  familyFirst: boolean;
  female: string[];
  male: string[];
  family: string[];
}

/** What a laboratory measures together. */
export interface Panel {
  panel: string;
  observations: Measurand[];
}

/** One thing that is measured, by its LOINC code: a number in a unit (UCUM), or one of some findings. */
export type Measurand = { code: string; name: string } & (
  | { unit: string; low: number; high: number; decimals: number }
  | { values: { text: string; interpretation: string }[] }
);

/** `data/names.json` */
export const cultures = read("names.json") as Culture[];

/** `data/panels.json` */
export const panels = read("panels.json") as Panel[];

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(path.dirname(import.meta.dirname), "data", file), "utf8"));
}
