import { judgeNewLosses } from "../apim/new-losses.ts";
import { judgeReimport } from "../apim/judge-reimport.ts";
import type { Finding } from "../finding.ts";
import { sortFindings } from "../report/sort-findings.ts";
import { highest, type Change, type Impact } from "./change.ts";
import { sentence, tell, type ApiPair } from "./operations/api-pair.ts";
import { compareApis } from "./operations/compare-apis.ts";
import { comparePolicies } from "./policies/compare-policies.ts";
import { compareDocumentation } from "./readers/compare-documentation.ts";
import { readerView } from "./readers/reader-view.ts";
import { bumpOf, type RedoclyReports } from "./redocly/redocly-verdict.ts";
import type { RedoclyReport } from "./redocly/run-redocly-diff.ts";
import { settleRedocly } from "./redocly/settle-redocly.ts";
import type { Side } from "./sides/read-side.ts";
import { writeChangelog } from "./verdict/changelog.ts";
import { judgeApis, type ApiVerdict } from "./verdict/judge-apis.ts";
import { judgeVersions } from "./verdict/judge-versions.ts";
import { mergeChanges } from "./verdict/merge-changes.ts";
import { isOpen, toFindings } from "./verdict/to-findings.ts";
import { judgeUnused } from "./waivers/judge-unused.ts";
import { loadWaivers } from "./waivers/load-waivers.ts";

/** What a change of the contracts is worth. */
export interface ChangeReport {
  /** In the order of their places. */
  readonly findings: Finding[];
  /** Of all APIs, waived changes included. */
  readonly verdict: Impact | "none";
  readonly apis: readonly ApiVerdict[];
  /** For partners, as Markdown. */
  readonly changelog: string;
  /** What `redocly diff` says alone. */
  readonly redocly: Impact | "none";
}

/** The contracts before and after. */
export interface Sides {
  readonly base: Side;
  readonly head: Side;
}

/**
 * Judges what became of the contracts of one side in the other.
 * @param redocly what `redocly diff` lists, as soon as it has
 * @param today decides which waivers hold
 */
export async function judgeSides(
  sides: Sides,
  redocly: RedoclyReports | Promise<RedoclyReports>,
  today: Date,
): Promise<ChangeReport> {
  const found: Change[] = [];
  const report = (change: Change): void => void found.push(change);
  const pairs = compareApis(sides.base, sides.head, report);
  await comparePolicies(sides, pairs, report);
  const reports = await redocly;
  for (const pair of pairs) settleReaders(pair, reports.get(pair.head.api.files[0]), found);
  return { ...conclude(found, sides, today), redocly: bumpOf(reports) };
}

/** What nobody who reads the published contract can see is no change, whatever Redocly lists. */
function settleReaders(pair: ApiPair, report: RedoclyReport | undefined, found: Change[]): void {
  if (readerView(pair.base.api) === readerView(pair.head.api)) return;
  const own = (): Change[] => found.filter(({ api }) => api === pair.name);
  compareDocumentation(pair);
  if (report) found.push(...settleRedocly(report, pair, own()));
  if (own().length > 0) return;
  const text = `the published document of the ${pair.head.api.title} changed`;
  tell(
    pair,
    { headNode: pair.head.api.document },
    sentence("compatible/documentation", pair.head.api.title, text),
  );
}

function conclude(
  changes: readonly Change[],
  { base, head }: Sides,
  today: Date,
): Omit<ChangeReport, "redocly"> {
  const entries = mergeChanges(changes);
  const apis = judgeApis(entries, base, head);
  const waivers = loadWaivers(head.sources, today.toISOString().slice(0, 10));
  const open = new Set(changes.filter((one) => isOpen(one, apis, waivers.valid)).map(({ api }) => api));
  const findings = [
    ...toFindings(entries, apis, waivers.valid),
    ...judgeVersions(apis, open, head),
    ...judgeUnused(waivers.valid, changes),
    ...waivers.findings,
    ...judgeReimport(base.model, head.model),
    ...judgeNewLosses(base.model, head.model),
  ];
  return {
    findings: sortFindings(findings),
    verdict: highest(apis.map(({ verdict }) => verdict)),
    apis,
    changelog: writeChangelog(entries, apis, waivers.valid),
  };
}
