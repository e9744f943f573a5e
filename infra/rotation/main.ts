import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readManifest } from "../manifest.ts";
import { loadEnvironments } from "../settings/load-environments.ts";
import { azureTarget } from "./azure-target.ts";
import { localTarget } from "./local-target.ts";
import { chooseRotations, readOptions, USAGE } from "./read-options.ts";
import { rotationsOf } from "./rotations.ts";
import type { Rotation } from "./step.ts";
import type { Target } from "./target.ts";

const projectDirectory = join(import.meta.dirname, "../..");

/** `npm run rotate-keys`. Exit codes: 0, 1 when a rotation failed, 2 for usage. */
process.exit(
  await main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`Keys cannot be rotated: ${messageOf(error)}\n`);
    return 1;
  }),
);

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "string") return refuse(options);
  const manifest = await readManifest(projectDirectory);
  const target = await targetOf(options.environment);
  if (typeof target === "string") return refuse(target);
  const all = await rotationsOf({ manifest, target, wait: sleep, ...options.waits });
  const chosen = chooseRotations(all, options.secrets);
  if (typeof chosen === "string") return refuse(chosen);
  let failed = 0;
  for (const rotation of chosen) {
    const ok = await (options.dryRun ? describe(rotation) : rotate(rotation)).catch((error: unknown) => {
      print(rotation.name, `FAILED: ${messageOf(error)}`);
      print(rotation.name, "run the command again: it goes on where this one has ended");
      return false;
    });
    if (!ok) failed++;
  }
  return failed > 0 ? 1 : 0;
}

async function describe(rotation: Rotation): Promise<boolean> {
  print(rotation.name, `would ${(await rotation.plan()).join(", then ")}`);
  return true;
}

async function rotate(rotation: Rotation): Promise<boolean> {
  const rotated = await rotation.rotate((step) => print(rotation.name, step));
  if (rotated.done) print(rotation.name, rotated.resumed ? "done (an earlier run was continued)" : "done");
  else print(rotation.name, `waits for ${rotated.waitsFor}`);
  return true;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown error";
}

function print(name: string, text: string): void {
  process.stdout.write(`${name.padEnd(28)}  ${text}\n`);
}

/** @returns what is wrong, as a sentence */
async function targetOf(environment: string): Promise<Target | string> {
  if (environment === "local") return localTarget(resolve(process.env.SPECIMEN_STATE_DIR ?? ".local"));
  const { apis, namedValues } = await readManifest(projectDirectory);
  const environments = await loadEnvironments(projectDirectory, {
    apis: apis.map(({ name }) => name),
    namedValues: namedValues.filter(({ kind }) => kind === "setting").map(({ name }) => name),
  });
  const found = environments.find(({ name }) => name === environment);
  if (found) return azureTarget(found);
  return `There is no environment ${environment}; there are local, ${environments.map(({ name }) => name).join(", ")}.`;
}

function refuse(reason: string): 2 {
  process.stderr.write(`${reason}\n${USAGE}\n`);
  return 2;
}
