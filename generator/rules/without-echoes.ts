import type { Finding } from "../finding.ts";

/** What is not said a second time at a line of which another rule has said it. */
const ECHOES: Readonly<Record<string, string>> = {
  "apim/name-collision": "contract/duplicate-operation-id",
  "lint/no-ambiguous-paths": "apim/duplicate-signature",
};

/** The rooms of what keeps a reference from leading anywhere. */
const BROKEN_REFERENCES = ["yaml", "load", "ref"];

/** The findings without what only repeats another one, or follows from it: a component whose one reference is mistyped is not unused. */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const said = new Set(findings.map(keyOf));
  const isBroken = hasBrokenReferences(findings);
  return findings.filter((finding) => {
    const first = ECHOES[finding.rule];
    const isEcho = first !== undefined && said.has(keyOf({ ...finding, rule: first }));
    return !isEcho && !(isBroken && finding.rule === "lint/no-unused-components");
  });
}

/** Whether something among the findings keeps references from being followed. */
export function hasBrokenReferences(findings: readonly Finding[]): boolean {
  return findings.some(
    ({ rule, severity }) =>
      severity === "error" && BROKEN_REFERENCES.includes(rule.slice(0, rule.indexOf("/"))),
  );
}

function keyOf({ file, line, rule }: Finding): string {
  return JSON.stringify([file, line, rule]);
}
