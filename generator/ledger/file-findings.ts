import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startOf, type Finding } from "../finding.ts";
import { firstDifference } from "./first-difference.ts";
import type { GeneratedState } from "./generated-state.ts";

/** `drift/<what>` at the beginning of a file, relative to the repository. */
export function driftFinding(file: string, what: string, message: string): Finding {
  return { ...startOf(file), severity: "error", rule: `drift/${what}`, message, hint: "npm run generate" };
}

/** @param content what the file should hold; its first line that does not is the place */
export function editedFinding(path: string, content: string, state: GeneratedState): Finding {
  const place = differenceIn(path, content, state);
  const message = `line ${place.line} is not what was generated: edited by hand, or merged`;
  const hint = "change what it is generated from; npm run generate overwrites it";
  return { ...driftFinding(`generated/${path}`, "edited", message), ...place, hint };
}

/** @param content what the file should hold; `undefined` for one that should not be there */
export function strayFinding(path: string, content: string | undefined, state: GeneratedState): Finding {
  const isThere = content !== undefined && state.present[path] !== undefined;
  const place = isThere ? differenceIn(path, content, state) : {};
  const message = "not what the sources say, and no source is known to have changed";
  return { ...driftFinding(`generated/${path}`, "stale", message), ...place };
}

export function missingFinding(path: string): Finding {
  return driftFinding(`generated/${path}`, "missing", "not there any more");
}

export function extraFinding(path: string): Finding {
  return driftFinding(`generated/${path}`, "extra", "generated from nothing: it will be removed");
}

export function nothingGenerated(): Finding {
  return driftFinding("generated", "missing", "nothing has been generated yet");
}

function differenceIn(path: string, content: string, { folder }: GeneratedState) {
  return firstDifference(readFileSync(join(folder, path), "utf8"), content);
}
