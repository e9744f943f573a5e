import { isAbsolute, relative } from "node:path";
import { ContractError, Findings, startOf, type Finding } from "../finding.ts";
import type { JsonObject } from "../load/json.ts";
import { Sources } from "../load/sources.ts";
import { sortFindings } from "../report/sort-findings.ts";
import { runRedocly, type RedoclyProblem } from "./run-redocly.ts";

/** A file of `openapi/` that is no contract. */
const NO_CONTRACTS: readonly string[] = ["openapi/waivers.yaml"];

/**
 * Holds every contract of `openapi/` against the rules of `redocly.yaml`: Redocly's own and those of the plugin beside this
 * file. What cannot be read is left out: the generator says why.
 * @throws {Error} when Redocly gave no answer
 */
export async function judgeLint(projectDirectory: string): Promise<Finding[]> {
  const sources = new Sources(projectDirectory);
  const versions = new Findings();
  const files = sources.list("openapi", ".yaml").filter((file) => !NO_CONTRACTS.includes(file));
  const contracts = files.filter((file) => isContract(file, sources, versions));
  const problems = contracts.length === 0 ? [] : await runRedocly(contracts, projectDirectory);
  return sortFindings([
    ...versions.list(),
    ...problems.map((problem) => toFinding(problem, projectDirectory)),
  ]);
}

function isContract(file: string, sources: Sources, findings: Findings): boolean {
  const document = readable(file, sources);
  if (!document) return false;
  const { openapi } = document;
  const isKnown = typeof openapi === "string" && /^3\.1\.\d+$/.test(openapi);
  if (!isKnown) {
    const at = "openapi" in document ? sources.locations.at(document, "openapi") : startOf(file);
    findings.report(at, "lint/openapi-version", "a contract starts with openapi: 3.1.0 or a later 3.1");
  }
  return isKnown;
}

function readable(file: string, sources: Sources): JsonObject | undefined {
  try {
    return sources.yaml(file);
  } catch (error) {
    if (error instanceof ContractError) return undefined;
    throw error;
  }
}

function toFinding(problem: RedoclyProblem, projectDirectory: string): Finding {
  const { file, line, column, severity, ruleId, message, suggestions } = problem;
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(" or ")}?` : undefined;
  return {
    file: fileOf(file, projectDirectory),
    line,
    column,
    severity,
    rule: ruleOf(ruleId),
    message,
    ...(hint !== undefined && { hint }),
  };
}

/** `operation-summary`, `lint/limit-strings` and `rule/info-version` are all of the room `lint`. */
function ruleOf(ruleId: string): string {
  return `lint/${ruleId.slice(ruleId.indexOf("/") + 1)}`;
}

function fileOf(file: string, projectDirectory: string): string {
  const path = isAbsolute(file) ? relative(projectDirectory, file) : file;
  return path.replaceAll("\\", "/");
}
