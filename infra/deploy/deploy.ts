import { copyFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StackName } from "../stack-document.ts";
import {
  digestOfFile,
  emptyPlanDirectory,
  lockFileOf,
  planFileOf,
  planTextOf,
  readPlanRecord,
  writePlanRecord,
} from "./plan-record.ts";
import type { PlannedStack, PlanRecord } from "./plan-record.ts";
import type { PreparedStack } from "./prepare-stacks.ts";
import { isStack, StepError, STEPS } from "./steps.ts";
import type { OwnStep, Step } from "./steps.ts";
import { LOCK_FILE } from "./terraform.ts";
import type { Terraform } from "./terraform.ts";

/** What a deployment works with. */
export interface Deployer {
  readonly environment: string;
  readonly state: PlanRecord["state"];
  /** All of the environment's. */
  readonly stacks: readonly PreparedStack[];
  readonly terraform: Terraform;
  /** The project's choice of the provider's builds; a file that need not be there. */
  readonly lockFile: string;
  /** Where plans are. */
  readonly planDirectory: string;
  /** The steps that are not Terraform's. Each may be taken again. */
  readonly own: Readonly<Record<OwnStep, () => Promise<void>>>;
  /** Whether a plan that was shown may be applied. */
  readonly confirm: (stack: StackName) => Promise<boolean>;
  readonly say: (line: string) => void;
}

/**
 * Plans stacks and keeps the plans. It stops behind a stack whose outputs are about to change, because what reads them cannot
 * be planned before: with a first deployment behind each.
 */
export async function planStacks(
  deployer: Deployer,
  chosen: readonly Step[] | undefined = STEPS,
): Promise<void> {
  const { planDirectory, environment, state, say } = deployer;
  const names = chosen.filter(isStack);
  const planned: PlannedStack[] = [];
  await emptyPlanDirectory(planDirectory);
  for (const name of names) {
    const { outputs, ...stack } = await planStack(deployer, name);
    planned.push(stack);
    if (outputs) break;
  }
  const waiting = names.slice(planned.length);
  await writePlanRecord(planDirectory, { environment, state, stacks: planned, waiting });
  for (const { name, changes } of planned)
    say(changes ? `${name}: planned` : `${name}: planned, nothing to change`);
  const last = planned.at(-1)?.name;
  for (const name of waiting)
    say(
      `${name}: not planned, because it reads what ${last ?? ""} is about to change: apply that, then plan`,
    );
  say(`The plans are in ${planDirectory}. Apply them with --apply ${planDirectory}`);
}

/**
 * Applies plans exactly as they were made, and does what belongs between them: the code and the keys when the services are
 * among them, the smoke journey when nothing waits.
 * @throws when a plan was made from another commit, or other settings
 */
export async function applyPlans(deployer: Deployer, chosen?: readonly Step[]): Promise<void> {
  const record = await readPlanRecord(deployer.planDirectory);
  if (record.environment !== deployer.environment)
    throw new Error(
      `The plans in ${deployer.planDirectory} are for ${record.environment}, not for ${deployer.environment}.`,
    );
  for (const planned of record.stacks) await refuseOtherPlan(deployer, planned);
  const has = (name: StackName) => record.stacks.some((stack) => stack.name === name);
  const follows = (step: Step) =>
    isStack(step) || (step === "smoke" ? has("gateway") && record.waiting.length === 0 : has("services"));
  for (const step of chosen ?? STEPS.filter(follows)) {
    const planned = record.stacks.find(({ name }) => name === step);
    if (!isStack(step)) await takeOwnStep(deployer, step);
    else if (planned) await applyStack(deployer, planned);
    else deployer.say(`${step}: no plan`);
  }
  for (const name of record.waiting) deployer.say(`${name}: waits to be planned, and applied`);
}

/** Plans and applies one stack after the other, with what belongs between them. */
export async function deployAll(
  deployer: Deployer,
  chosen: readonly Step[] | undefined = STEPS,
): Promise<void> {
  if (chosen.some(isStack)) await emptyPlanDirectory(deployer.planDirectory);
  for (const step of chosen) {
    if (!isStack(step)) {
      await takeOwnStep(deployer, step);
      continue;
    }
    const planned = await planStack(deployer, step);
    if (planned.changes && !(await deployer.confirm(step)))
      throw new StepError(step, "was not applied.", "Nothing of it was changed. Run the command again.");
    await applyStack(deployer, planned);
  }
}

async function planStack(
  { terraform, stacks, planDirectory, lockFile, say }: Deployer,
  name: StackName,
): Promise<PlannedStack & { readonly outputs: boolean }> {
  const stack = stackOf(stacks, name);
  const file = planFileOf(planDirectory, name);
  say(`${name}: plan`);
  try {
    await terraform.init(stack, existsSync(lockFile) ? lockFile : undefined);
    const changes = await terraform.plan(stack, file);
    await copyFile(join(stack.directory, LOCK_FILE), lockFileOf(planDirectory, name));
    await writeFile(planTextOf(planDirectory, name), await terraform.describe(stack, file));
    const outputs = changes && (await terraform.changesOutputs(stack, file));
    return { name, changes, outputs, stackDigest: stack.digest, planDigest: await digestOfFile(file) };
  } catch (error) {
    throw new StepError(name, messageOf(error), ADVICE.plan(name));
  }
}

async function applyStack(
  { terraform, stacks, planDirectory, say }: Deployer,
  { name, changes }: PlannedStack,
): Promise<void> {
  if (!changes) {
    say(`${name}: nothing to change`);
    return;
  }
  const stack = stackOf(stacks, name);
  say(`${name}: apply`);
  try {
    await terraform.init(stack, lockFileOf(planDirectory, name));
    await terraform.apply(stack, planFileOf(planDirectory, name));
  } catch (error) {
    throw new StepError(name, messageOf(error), ADVICE.apply(name));
  }
  say(`${name}: applied`);
}

async function takeOwnStep({ own, say }: Deployer, step: OwnStep): Promise<void> {
  say(`${step}: begin`);
  try {
    await own[step]();
  } catch (error) {
    throw new StepError(step, messageOf(error), ADVICE[step]);
  }
  say(`${step}: done`);
}

async function refuseOtherPlan(
  { stacks, planDirectory }: Deployer,
  { name, stackDigest, planDigest }: PlannedStack,
): Promise<void> {
  if (stackOf(stacks, name).digest !== stackDigest)
    throw new Error(
      `The plan of ${name} was made from another commit, or other settings. Check out the commit that was planned, or plan again.`,
    );
  const file = planFileOf(planDirectory, name);
  if (!existsSync(file) || (await digestOfFile(file)) !== planDigest)
    throw new Error(`${file} is not the plan that was made. Plan again.`);
}

function stackOf(stacks: readonly PreparedStack[], name: StackName): PreparedStack {
  const stack = stacks.find((one) => one.name === name);
  if (!stack) throw new Error(`There is no stack ${name}.`);
  return stack;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.message.replace(/\.$/, "")}.` : "failed.";
}

const ADVICE = {
  plan: (name: StackName): string =>
    `Nothing of ${name} was changed. What Terraform says above is the cause; ` +
    (name === "foundation"
      ? "for access to the state see docs/deploy.md."
      : "an output that is missing is one of a stack that was not applied yet; a vault that does not answer is reached from the network alone. See docs/deploy.md."),
  apply: (name: StackName): string =>
    `A part of ${name} may have been made, and the state knows which: remove the cause, and plan again. A plan that was begun cannot be applied again.`,
  code: "Run it again with --step code: publishing the same code twice does no harm. See docs/deploy.md, “When a step fails”.",
  keys: "Run it again with --step keys: secrets that have a value are left alone. See docs/deploy.md, “When a step fails”.",
  smoke:
    "What was deployed is deployed. Run it again with --step smoke; docs/runbooks.md says what to look at.",
} as const;
