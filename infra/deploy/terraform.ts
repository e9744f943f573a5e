import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PreparedStack } from "./prepare-stacks.ts";
import { runCommand } from "./run-command.ts";
import type { CommandOptions, CommandResult } from "./run-command.ts";

export interface TerraformOptions {
  /** The program: a name, or a path. */
  readonly program: string;
  /** Where providers are kept between runs, a folder a stack. */
  readonly dataDirectory: string;
  /** `hide` for tests. */
  readonly output?: "show" | "hide";
}

/** What a deployment asks of Terraform. Each throws when Terraform fails, which has told why by then. */
export interface Terraform {
  /**
   * Connects a stack's directory with its state and fetches the provider.
   * @param lockFile which builds of the provider may be used; any that fit, when absent
   */
  init(stack: PreparedStack, lockFile?: string): Promise<void>;
  /** @returns whether there is anything to change */
  plan(stack: PreparedStack, planFile: string): Promise<boolean>;
  /** Whether a plan changes what other stacks read of this one. */
  changesOutputs(stack: PreparedStack, planFile: string): Promise<boolean>;
  /** A plan for people. What the provider calls sensitive is not in it. */
  describe(stack: PreparedStack, planFile: string): Promise<string>;
  apply(stack: PreparedStack, planFile: string): Promise<void>;
}

/** What `init` writes beside a stack. */
export const LOCK_FILE = ".terraform.lock.hcl";

/** Write-only arguments, which the vault's secrets are written with. */
const OLDEST = [1, 11] as const;
const WHERE =
  "Install it from https://developer.hashicorp.com/terraform/install, or name another program: TERRAFORM=/path/to/terraform. OpenTofu 1.11 or newer will do too.";

/** @throws when the program is missing, or too old */
export async function openTerraform({
  program,
  dataDirectory,
  output = "show",
}: TerraformOptions): Promise<Terraform> {
  await checkVersion(program);
  const run = (stack: PreparedStack, args: readonly string[], how: CommandOptions["output"]) =>
    runCommand(program, [`-chdir=${stack.directory}`, ...args], {
      environment: {
        TF_IN_AUTOMATION: "1",
        CHECKPOINT_DISABLE: "1",
        TF_DATA_DIR: join(dataDirectory, stack.name),
      },
      output: how,
    });
  const succeed = async (
    stack: PreparedStack,
    [command = "", ...rest]: readonly string[],
    how: CommandOptions["output"] = output,
  ): Promise<CommandResult> => {
    const result = await run(stack, [command, ...rest], how);
    if (result.code !== 0) throw failed(program, command, result.code);
    return result;
  };
  return {
    async init(stack, lockFile) {
      await mkdir(join(dataDirectory, stack.name), { recursive: true });
      if (lockFile !== undefined) await copyFile(lockFile, join(stack.directory, LOCK_FILE));
      // A state that was moved is found where the settings say, and never copied from where they said before.
      const args = ["init", "-input=false", "-reconfigure"];
      await succeed(stack, lockFile === undefined ? args : [...args, "-lockfile=readonly"]);
    },
    async plan(stack, planFile) {
      const args = ["plan", "-input=false", LOCK_TIMEOUT, "-detailed-exitcode", `-out=${planFile}`];
      const { code } = await run(stack, args, output);
      if (code !== 0 && code !== CHANGES) throw failed(program, "plan", code);
      return code === CHANGES;
    },
    async changesOutputs(stack, planFile) {
      const { text } = await succeed(stack, ["show", "-json", planFile], "take");
      // What is wrong with the machine's own settings may be told before.
      const json = text.split("\n").find((line) => line.startsWith("{"));
      return outputsChange(JSON.parse(json ?? ""));
    },
    async describe(stack, planFile) {
      return (await succeed(stack, ["show", "-no-color", planFile], "take")).text;
    },
    async apply(stack, planFile) {
      await succeed(stack, ["apply", "-input=false", LOCK_TIMEOUT, planFile]);
    },
  };
}

/** `-detailed-exitcode`: 0 nothing to do, 1 a failure, 2 changes. */
const CHANGES = 2;
const LOCK_TIMEOUT = "-lock-timeout=5m";

async function checkVersion(program: string): Promise<void> {
  const expected = `expected Terraform ${OLDEST.join(".")} or newer. ${WHERE}`;
  const { code, text } = await runCommand(program, ["version", "-json"], { output: "take" }).catch(
    (error: unknown) => {
      throw new Error(`There is no program ${program} that can be run; ${expected}`, { cause: error });
    },
  );
  const version = code === 0 ? /"terraform_version"\s*:\s*"((\d+)\.(\d+)[^"]*)"/.exec(text) : null;
  if (!version) throw new Error(`${program} does not say its version; ${expected}`);
  const [major, minor] = [Number(version[2]), Number(version[3])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    throw new Error(`${program} is version ${version[1] ?? ""}; ${expected}`);
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
function outputsChange(plan: unknown): boolean {
  const changes = Object.values(membersOf(membersOf(plan).output_changes));
  return changes.some((change) => {
    const { actions } = membersOf(change);
    return !Array.isArray(actions) || actions.some((action) => action !== "no-op");
  });
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function failed(program: string, command: string, code: number): Error {
  return new Error(`${program} ${command} ended with code ${code}`);
}
