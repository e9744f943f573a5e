import { judgeChange, type ChangeReport } from "../../generator/diff/judge-change.ts";
import { judgeSides } from "../../generator/diff/judge-sides.ts";
import { redoclyReports } from "../../generator/diff/redocly/redocly-verdict.ts";
import { readSide, type Side } from "../../generator/diff/sides/read-side.ts";
import { formatFinding, type Finding } from "../../generator/finding.ts";
import type { ContractEdit } from "./contract-edit.ts";
import { BASE } from "./edited-project.ts";
import type { Made } from "./for-each-edit.ts";

/** What is said of an edit, as far as the corpus expects something. */
export interface EditVerdict {
  readonly verdict: string;
  /** What `redocly diff` says alone. */
  readonly redoclyAlone: string;
  /** Whether a marked line has an error. */
  readonly stopped: boolean;
  /** Whether a marked line has a finding of any severity. */
  readonly told: boolean;
  /** Errors on any other line. */
  readonly astray: readonly string[];
}

/** The day on which the edits are judged; waivers look at it. */
const TODAY = new Date("2026-11-20T12:00:00Z");

/** Asks as `npm run diff` does: the base comes from git, and each contract takes a process of Redocly. */
export function judgeThroughGit({ directory }: Made): Promise<ChangeReport> {
  return judgeChange({ projectDirectory: directory, base: BASE, today: TODAY });
}

/** Asks without git, with one process of Redocly for all edits and the base read once: a third of the time. */
export function createQuickJudge(): (made: Made) => Promise<ChangeReport> {
  const bases = new Map<string, Side>();
  return ({ base, directory, redocly }) => {
    const reports = redoclyReports(base, directory, redocly.diff);
    reports.catch(() => undefined);
    const side = bases.get(base) ?? readSide(base);
    bases.set(base, side);
    return judgeSides({ base: side, head: readSide(directory) }, reports, TODAY);
  };
}

/** What a report says of the lines that an edit marks, and of others. */
export function verdictOf(report: ChangeReport, { files }: Made): EditVerdict {
  const lines = new Set(files.flatMap(({ file, marked }) => marked.map((line) => `${file}:${line}`)));
  const isMarked = ({ file, line }: Finding): boolean => lines.has(`${file}:${line}`);
  const errors = report.findings.filter(({ severity }) => severity === "error");
  return {
    verdict: report.verdict,
    redoclyAlone: report.redocly,
    stopped: errors.some(isMarked),
    told: report.findings.some(isMarked),
    astray: errors.filter((finding) => !isMarked(finding)).map(formatFinding),
  };
}

/** What must be said of an edit. */
export function expectedVerdict({
  verdict,
  stopped = verdict === "major",
  redoclyAlone,
}: ContractEdit): EditVerdict {
  return { verdict, redoclyAlone, stopped, told: verdict !== "none", astray: [] };
}
