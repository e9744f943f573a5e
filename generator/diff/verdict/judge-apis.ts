import { highest, type Impact } from "../change.ts";
import { impactOf } from "../rules.ts";
import type { Side } from "../sides/read-side.ts";
import type { Entry } from "./merge-changes.ts";
import { parseVersion, raiseOf } from "./version.ts";

/** What a change of one API amounts to. */
export interface ApiVerdict {
  readonly name: string;
  readonly title: string;
  /** `null` for an API that was not there, or is not there any more. */
  readonly from: string | null;
  readonly to: string | null;
  readonly verdict: Impact | "none";
  /** By how much `info.version` was raised; `null` when that cannot be told. */
  readonly raised: Impact | "none" | null;
}

/** What each API of either side amounts to, in the order of their names. */
export function judgeApis(entries: readonly Entry[], base: Side, head: Side): ApiVerdict[] {
  const names = new Set([...head.model.apis, ...base.model.apis].map(({ name }) => name));
  return [...names].sort().map((name) => {
    const before = base.model.apis.find((api) => api.name === name);
    const after = head.model.apis.find((api) => api.name === name);
    const [from, to] = [before, after].map((api) => (api ? parseVersion(api.version) : undefined));
    const changes = entries.flatMap(({ instances }) => instances).filter(({ api }) => api === name);
    return {
      name,
      title: (after ?? before)?.title ?? name,
      from: before?.version ?? null,
      to: after?.version ?? null,
      verdict: highest(changes.map(({ rule }) => impactOf(rule))),
      raised: from && to ? (raiseOf(from, to) ?? null) : null,
    };
  });
}
