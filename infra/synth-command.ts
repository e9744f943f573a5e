import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { AzureEnvironment } from "../generated/environment.ts";
import { checkStacks } from "./checks/check-stacks.ts";
import { readExpectations } from "./checks/read-expectations.ts";
import { formatStackFinding } from "./checks/stack-finding.ts";
import { networkDiagram } from "./diagram/network-diagram.ts";
import { readManifest } from "./manifest.ts";
import { loadEnvironments } from "./settings/load-environments.ts";
import { SettingFaults } from "./settings/setting-faults.ts";
import { snapshotText } from "./snapshots/snapshot-text.ts";
import type { StackDocument } from "./stack-document.ts";
import { synthesise } from "./synthesise.ts";

const USAGE = "npm run synth [-- --environment <name>] [--update-snapshots] [--write-diagram]";

/** The environment whose network `docs/network.md` shows. */
const DRAWN = "prod";

/** What the command works on, and where it speaks. */
export interface SynthSurroundings {
  /** Absolute. */
  readonly projectDirectory: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * `npm run synth`: writes each environment's stacks to `.build/infra/`, and checks them. What has findings becomes neither a
 * snapshot nor a diagram.
 *
 * @returns the exit code: 0, 1 for settings at fault or findings, 2 for usage
 */
export async function synthCommand(args: string[], surroundings: SynthSurroundings): Promise<number> {
  const { projectDirectory, err } = surroundings;
  const refuse = (reason: string): 2 => {
    err(`${reason}\nUsage: ${USAGE}`);
    return 2;
  };
  const options = readOptions(args);
  if (typeof options === "string") return refuse(options);
  try {
    const all = await readEnvironments(projectDirectory);
    const chosen = all.filter(
      ({ name }) => options.environment === undefined || name === options.environment,
    );
    const there = all.map(({ name }) => name).join(", ");
    if (chosen.length === 0)
      return refuse(
        `There is no environment ${options.environment ?? "that has azure"}; there are ${there}.`,
      );
    if (options.writeDiagram && !chosen.some(({ name }) => name === DRAWN))
      return refuse(`The diagram shows ${DRAWN}, which is not among the environments asked for.`);
    const sound: boolean[] = [];
    for (const environment of chosen) sound.push(await write(environment, options, surroundings));
    return sound.includes(false) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SettingFaults)) throw error;
    err(error.message);
    return 1;
  }
}

async function readEnvironments(projectDirectory: string): Promise<readonly AzureEnvironment[]> {
  const { apis, namedValues } = await readManifest(projectDirectory);
  return loadEnvironments(projectDirectory, {
    apis: apis.map(({ name }) => name),
    namedValues: namedValues.filter(({ kind }) => kind === "setting").map(({ name }) => name),
  });
}

/** @returns whether the checks found nothing */
async function write(
  environment: AzureEnvironment,
  options: Options,
  { projectDirectory, out, err }: SynthSurroundings,
): Promise<boolean> {
  const { name } = environment;
  const begin = performance.now();
  const outputDirectory = join(projectDirectory, ".build/infra", name);
  const stacks = await synthesise({ environment, projectDirectory, outputDirectory });
  const middle = performance.now();
  const findings = checkStacks(stacks, await readExpectations(projectDirectory, environment));
  const end = performance.now();
  for (const stack of stacks)
    out(
      `${name}  ${stack.name.padEnd(10)}  ${countOf(stack)} resources, ${stack.assets.size} files  .build/infra/${name}/stacks/${stack.name}`,
    );
  out(
    `${name}  synthesised in ${seconds(middle - begin)}, checked in ${seconds(end - middle)}: ${counted(findings.length)}`,
  );
  for (const finding of findings) err(`${name}  ${formatStackFinding(finding)}`);
  if (findings.length > 0) {
    err(`${name} is not to be deployed: ${counted(findings.length)}.`);
    return false;
  }
  if (options.updateSnapshots)
    await save(projectDirectory, `infra/snapshots/${name}.txt`, snapshotText(stacks));
  if (options.writeDiagram && name === DRAWN)
    await save(projectDirectory, "docs/network.md", networkDiagram(stacks));
  return true;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function counted(findings: number): string {
  return findings === 0 ? "nothing found" : `${findings} ${findings === 1 ? "finding" : "findings"}`;
}

function countOf({ document }: StackDocument): number {
  return Object.values(document.resource ?? {}).reduce((sum, named) => sum + Object.keys(named).length, 0);
}

async function save(projectDirectory: string, path: string, text: string): Promise<void> {
  const file = join(projectDirectory, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

interface Options {
  readonly environment?: string;
  readonly updateSnapshots: boolean;
  readonly writeDiagram: boolean;
}

/** @returns what is wrong, as a sentence */
function readOptions(args: string[]): Options | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        environment: { type: "string" },
        "update-snapshots": { type: "boolean", default: false },
        "write-diagram": { type: "boolean", default: false },
      },
    });
    return {
      updateSnapshots: values["update-snapshots"],
      writeDiagram: values["write-diagram"],
      ...(values.environment !== undefined && { environment: values.environment }),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
