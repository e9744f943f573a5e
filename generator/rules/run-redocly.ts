import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isList, isObject, listAt, objectAt, stringAt, stringsAt, type JsonObject } from "../load/json.ts";

/** One problem of `redocly lint --format json`. Lines and columns start at 1. */
export interface RedoclyProblem {
  readonly ruleId: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** What was perhaps meant. */
  readonly suggestions: readonly string[];
  /** As Redocly names it: relative to the folder that it runs in. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const CONFIG = join(import.meta.dirname, "../../redocly.yaml");
const COMMAND = join(
  dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin/cli.js",
);

/** No report of this size is read by anybody. In bytes. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/**
 * Runs `redocly lint` in a process of its own, with the rules of this repository whatever the folder has.
 * @param files relative to the folder
 * @throws {Error} with what Redocly said when it gave no answer
 */
export function runRedocly(files: readonly string[], folder: string): Promise<RedoclyProblem[]> {
  const args = [COMMAND, "lint", ...files, "--config", CONFIG, "--format=json", "--max-problems=100000"];
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: MAX_OUTPUT, env: offline() };
    execFile(process.execPath, args, options, (_error, stdout, stderr) => {
      // The exit code is 1 as well when problems were found: what counts is that each file has its report.
      const reports = readReports(stdout);
      if (reports?.length === files.length) resolve(reports.flat());
      else reject(new Error(`redocly lint gave no verdict:\n${stderr.trim() || stdout.trim()}`));
    });
  });
}

function offline(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
    NO_COLOR: "1",
    NODE_NO_WARNINGS: "1",
  };
}

/** One JSON document for each file, printed one after the other: only the last line of one starts with a brace. */
function readReports(stdout: string): RedoclyProblem[][] | undefined {
  const texts = stdout.split(/(?<=^\})/m).filter((text) => text.trim() !== "");
  try {
    return texts.map(readReport);
  } catch {
    return undefined;
  }
}

function readReport(text: string): RedoclyProblem[] {
  const report: unknown = JSON.parse(text);
  if (!isObject(report) || !isList(report.problems)) throw new Error("this is no report");
  return report.problems.map((problem) => readProblem(isObject(problem) ? problem : {}));
}

function readProblem(problem: JsonObject): RedoclyProblem {
  const [first] = listAt(problem, "location");
  const place = isObject(first) ? first : {};
  const start = objectAt(place, "start");
  return {
    ruleId: stringAt(problem, "ruleId") ?? "struct",
    severity: problem.severity === "warn" ? "warning" : "error",
    message: stringAt(problem, "message") ?? "",
    suggestions: stringsAt(problem, "suggest"),
    file: stringAt(objectAt(place, "source"), "ref") ?? "",
    line: typeof start.line === "number" ? start.line : 1,
    column: typeof start.col === "number" ? start.col : 1,
  };
}
