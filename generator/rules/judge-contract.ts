import { ContractError, type Finding } from "../finding.ts";
import { hasBrokenReferences, withoutEchoes } from "./without-echoes.ts";

/** What the change since a git reference is worth. */
export interface ChangeVerdict {
  readonly findings: readonly Finding[];
  /** For partners, as Markdown. */
  readonly changelog: string;
}

/** Those that judge. Each gives findings, and throws when it cannot judge at all. */
export interface Judges {
  readonly sources: (projectDirectory: string) => readonly Finding[];
  readonly lint: (projectDirectory: string) => Promise<readonly Finding[]>;
  /** @throws {ContractError} when the sources cannot be generated from */
  readonly drift: (projectDirectory: string) => Promise<readonly Finding[]>;
  /** @throws {Error} when there is no such reference */
  readonly change: (projectDirectory: string, base: string) => Promise<ChangeVerdict>;
}

export interface ContractVerdict {
  readonly findings: readonly Finding[];
  /** `undefined` when no base was named, or the change could not be judged. */
  readonly changelog: string | undefined;
  /** What was not judged, because of an error among the findings. */
  readonly skipped: readonly string[];
  /** Why a judge could not work. With any of these there is no verdict. */
  readonly failures: readonly string[];
}

/**
 * Hears every judge and puts what they found into one stream. One that cannot judge keeps none of the others from being
 * heard.
 * @param base a git reference; without one the change is not judged
 */
export async function judgeContract(
  projectDirectory: string,
  base: string | undefined,
  judges: Judges,
): Promise<ContractVerdict> {
  const lint = attempt("lint", () => judges.lint(projectDirectory));
  const sources = await attempt("sources", () => Promise.resolve(judges.sources(projectDirectory)));
  const isSound =
    sources.findings.every(({ severity }) => severity !== "error") && sources.failures.length === 0;
  const drift = isSound ? await attempt("drift", () => judges.drift(projectDirectory)) : NOT_HEARD;
  const change =
    base !== undefined && isSound
      ? await hear(`the change since ${base}`, () => judges.change(projectDirectory, base))
      : NOT_HEARD;
  const { findings, failures } = await lint;
  // Redocly gives up where references go in a circle.
  const isUnreadable = failures.length > 0 && hasBrokenReferences(sources.findings);
  const skipped = [
    ...(isUnreadable ? ["the rules of lint"] : []),
    ...(isSound ? [] : ["whether generated/ is stale"]),
    ...(isSound || base === undefined ? [] : [`the change since ${base}`]),
  ];
  return {
    findings: withoutEchoes([...sources.findings, ...drift.findings, ...findings, ...change.findings]),
    changelog: change.changelog,
    skipped: skipped.map((what) => `not judged, since the sources cannot be generated from: ${what}`),
    failures: [
      ...[sources, drift, change].flatMap((hearing) => hearing.failures),
      ...(isUnreadable ? [] : failures),
    ],
  };
}

interface Hearing {
  readonly findings: readonly Finding[];
  readonly failures: readonly string[];
  readonly changelog?: string;
}

const NOT_HEARD: Hearing = { findings: [], failures: [] };

async function attempt(name: string, judge: () => Promise<readonly Finding[]>): Promise<Hearing> {
  return hear(name, async () => ({ findings: await judge() }));
}

async function hear(name: string, judge: () => Promise<Omit<Hearing, "failures">>): Promise<Hearing> {
  try {
    return { ...(await judge()), failures: [] };
  } catch (error) {
    if (error instanceof ContractError) return { findings: error.findings, failures: [] };
    return { findings: [], failures: [`${name}: ${messageOf(error)}`] };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
