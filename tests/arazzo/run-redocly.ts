import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A step of a workflow that was run, and what its checks found. */
export interface Step {
  readonly stepId: string;
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> };
  readonly checks: readonly { readonly name: string; readonly passed: boolean; readonly severity: string }[];
}

/** What `redocly respect` did with the workflows of a folder. */
export interface Run {
  /** 0 when every check passed. */
  readonly code: number;
  readonly workflows: Readonly<Record<string, readonly Step[]>>;
  /** `workflow/step: check` of each check that failed. */
  readonly failed: readonly string[];
  readonly output: string;
}

const CLI = join(import.meta.dirname, "../../node_modules/@redocly/cli/bin/cli.js");

/** Lints workflows with the rules of `redocly.yaml` beside them. @returns what Redocly says, and its exit code */
export function lintWorkflows(
  directory: string,
  files: readonly string[],
): Promise<{ code: number; output: string }> {
  return redocly(["lint", "--format=stylish", ...files], directory, {});
}

/**
 * Runs workflows against a gateway. Answers are held against the descriptions that the workflows name.
 *
 * @param files in the directory, whose `redocly.yaml` holds
 * @param inputs of the workflows; they travel in the environment, so that no key is in a list of processes
 */
export async function runWorkflows(
  directory: string,
  files: readonly string[],
  gateway: string,
  inputs: Readonly<Record<string, string>>,
): Promise<Run> {
  const scratch = await mkdtemp(join(tmpdir(), "specimen-respect-"));
  const report = join(scratch, "report.json");
  const servers = ["patient", "audit"].map((api) => `${api}=${gateway}`).join(",");
  try {
    const args = ["respect", ...files, "--server", servers, "--json-output", report];
    const { code, output } = await redocly(args, directory, {
      REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(inputs),
    });
    const workflows = workflowsOf(JSON.parse(await readFile(report, "utf8")) as Report);
    return { code, workflows, failed: failedChecks(workflows), output };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

interface Report {
  readonly files: Readonly<
    Record<string, { executedWorkflows: readonly { workflowId: string; executedSteps: readonly Step[] }[] }>
  >;
}

function workflowsOf({ files }: Report): Record<string, readonly Step[]> {
  const executed = Object.values(files).flatMap(({ executedWorkflows }) => executedWorkflows);
  return Object.fromEntries(
    executed.map(({ workflowId, executedSteps }) => [workflowId, lastTries(executedSteps)]),
  );
}

/** Without the tries after which a workflow has tried a step again, as its `onFailure` says. */
function lastTries(steps: readonly Step[]): Step[] {
  return steps.filter(({ stepId }, index) => steps[index + 1]?.stepId !== stepId);
}

function failedChecks(workflows: Run["workflows"]): string[] {
  return Object.entries(workflows).flatMap(([workflow, steps]) =>
    steps.flatMap(({ stepId, checks }) =>
      checks.filter(({ passed }) => !passed).map(({ name }) => `${workflow}/${stepId}: ${name}`),
    ),
  );
}

async function redocly(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      REDOCLY_TELEMETRY: "off",
      REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
      NO_COLOR: "1",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code: code ?? -1, output };
}
