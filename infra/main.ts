import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { AzureEnvironment } from "../generated/environment.ts";
import { readManifest } from "./manifest.ts";
import { loadEnvironments } from "./settings/load-environments.ts";
import { SettingFaults } from "./settings/setting-faults.ts";
import { snapshotText } from "./snapshots/snapshot-text.ts";
import type { StackDocument } from "./stack-document.ts";
import { synthesise } from "./synthesise.ts";

const USAGE = "npm run synth [-- --environment <name>] [--update-snapshots]";

/** Each stack to standard output, faults to standard error. Exit codes: 0, 1 for settings at fault, 2 for usage. */
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") return refuse(options);
  const projectDirectory = join(import.meta.dirname, "..");
  const { apis, namedValues } = await readManifest(projectDirectory);
  try {
    const all = await loadEnvironments(projectDirectory, {
      apis: apis.map(({ name }) => name),
      namedValues: namedValues.filter(({ kind }) => kind === "setting").map(({ name }) => name),
    });
    const chosen = all.filter(
      ({ name }) => options.environment === undefined || name === options.environment,
    );
    if (chosen.length === 0)
      return refuse(
        `There is no environment ${options.environment ?? "that has azure"}; there are ${all.map(({ name }) => name).join(", ")}.`,
      );
    for (const environment of chosen) await write(environment, projectDirectory, options.updateSnapshots);
    return 0;
  } catch (error) {
    if (!(error instanceof SettingFaults)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function write(
  environment: AzureEnvironment,
  projectDirectory: string,
  updateSnapshots: boolean,
): Promise<void> {
  const begin = performance.now();
  const outputDirectory = join(projectDirectory, ".build/infra", environment.name);
  const stacks = await synthesise({ environment, projectDirectory, outputDirectory });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  for (const stack of stacks)
    process.stdout.write(
      `${environment.name}  ${stack.name.padEnd(10)}  ${countOf(stack)} resources, ${stack.assets.size} files  .build/infra/${environment.name}/stacks/${stack.name}\n`,
    );
  process.stdout.write(`${environment.name}  synthesised in ${seconds} s\n`);
  if (!updateSnapshots) return;
  const snapshot = join(projectDirectory, `infra/snapshots/${environment.name}.txt`);
  await mkdir(dirname(snapshot), { recursive: true });
  await writeFile(snapshot, snapshotText(stacks));
}

function countOf({ document }: StackDocument): number {
  return Object.values(document.resource ?? {}).reduce((sum, named) => sum + Object.keys(named).length, 0);
}

/** @returns what is wrong, as a sentence */
function readOptions(args: string[]): { environment?: string; updateSnapshots: boolean } | string {
  try {
    const { values } = parseArgs({
      args,
      options: { environment: { type: "string" }, "update-snapshots": { type: "boolean", default: false } },
    });
    return {
      updateSnapshots: values["update-snapshots"],
      ...(values.environment !== undefined && { environment: values.environment }),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refuse(reason: string): 2 {
  process.stderr.write(`${reason}\nUsage: ${USAGE}\n`);
  return 2;
}
