import type { Finding, Severity } from "../finding.ts";
import { pageOf } from "../rules/page-of.ts";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

/**
 * A workflow command for each finding, which GitHub shows on the line of the pull request.
 * GitHub keeps the first ten of each severity in a step; the log has all of them.
 * Source: "Workflow commands for GitHub Actions", and `command.ts` of the `@actions/core` package for what is escaped.
 */
export function reportAsAnnotations(findings: readonly Finding[]): string {
  return findings.map(commandOf).join("\n");
}

function commandOf({ file, line, column, severity, rule, message, hint }: Finding): string {
  const properties = Object.entries({ file, line, col: column, title: rule })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(",");
  const help = [hint, pageOf(rule)].filter((part) => part !== undefined).join(" · ");
  return `::${COMMANDS[severity]} ${properties}::${escapeText(`${message}\n${help}`)}`;
}

function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
