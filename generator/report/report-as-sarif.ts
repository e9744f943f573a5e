import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Finding } from "../finding.ts";
import { findRule, type Rule } from "../rules/catalogue.ts";
import { pageOf } from "../rules/page-of.ts";

const LEVELS = { MUST: "error", SHOULD: "warning", MAY: "note" } as const;

/**
 * A SARIF 2.1.0 log with one run, as code scanning takes it.
 * Source: OASIS "Static Analysis Results Interchange Format 2.1.0", and GitHub's "SARIF support for code scanning".
 */
export function reportAsSarif(findings: readonly Finding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Specimen contract", rules: rules.map(describeRule) } },
        automationDetails: { id: "contract/" },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        results: withFingerprints(findings).map(([finding, fingerprint]) =>
          resultOf(finding, rules.indexOf(finding.rule), fingerprint),
        ),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function describeRule(id: string): ReportingDescriptor {
  const rule = findRule(id);
  const page = pageOf(id);
  return { id, ...(rule && detailsOf(rule)), help: { text: page, markdown: `[${page}](${page})` } };
}

function detailsOf({ level, statement, source }: Rule): Omit<ReportingDescriptor, "id"> {
  return {
    shortDescription: { text: statement },
    helpUri: source.url,
    defaultConfiguration: { level: LEVELS[level] },
    properties: { tags: [level, "contract"] },
  };
}

function resultOf(finding: Finding, ruleIndex: number, fingerprint: string): Result {
  const { file, line, column, severity, rule, message, hint } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    partialFingerprints: { "specimenFinding/v1": fingerprint },
  };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}

/** A fingerprint leaves the line out, so that a finding stays the same one when lines are added above it. */
function withFingerprints(findings: readonly Finding[]): [Finding, string][] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = JSON.stringify([finding.rule, finding.file, finding.message]);
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    const hash = createHash("sha256").update(`${key}${earlier}`).digest("hex").slice(0, 32);
    return [finding, hash];
  });
}
