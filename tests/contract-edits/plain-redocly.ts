import { join } from "node:path";
import { VERDICTS, type Verdict } from "./contract-edit.ts";
import type { RedoclyRunner } from "./redocly-runner.ts";

const APIS = ["openapi/audit.yaml", "openapi/patient.yaml"];

/**
 * What `redocly diff` says with its own rules of a change of `openapi/`: the furthest verdict of the APIs that can have
 * changed.
 * @param base, head folders of projects
 * @param files what differs between them
 */
export async function redoclyAlone(
  redocly: RedoclyRunner,
  base: string,
  head: string,
  files: readonly string[],
): Promise<Verdict> {
  const isShared = files.some((file) => file.startsWith("openapi/shared/"));
  const changed = APIS.filter((api) => isShared || files.includes(api));
  const verdicts = changed.map(async (api) => bumpOf(await redocly.diff(join(base, api), join(head, api))));
  return (await Promise.all(verdicts)).reduce<Verdict>(furthest, "none");
}

function furthest(one: Verdict, other: Verdict): Verdict {
  return VERDICTS.indexOf(one) > VERDICTS.indexOf(other) ? one : other;
}

/** A report without changes names no bump. */
function bumpOf(text: string): Verdict {
  const report: unknown = JSON.parse(text);
  const bump = typeof report === "object" && report !== null && "bump" in report ? report.bump : "none";
  const verdict = VERDICTS.find((known) => known === bump);
  if (!verdict) throw new Error(`redocly diff has a verdict that is not known here: ${String(bump)}`);
  return verdict;
}
