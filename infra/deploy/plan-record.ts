import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { STACKS } from "../stack-document.ts";
import type { StackName } from "../stack-document.ts";

/** What is kept of a planning, as `plan.json` beside the plans themselves. */
export interface PlanRecord {
  readonly environment: string;
  /** Where the state is, and the pipeline keeps the plans meanwhile. */
  readonly state: { readonly storageAccount: string; readonly container: string };
  /** In the order of a deployment. */
  readonly stacks: readonly PlannedStack[];
  /** Stacks that read what a planned one is about to change, and so are planned when that is applied. */
  readonly waiting: readonly StackName[];
}

export interface PlannedStack {
  readonly name: StackName;
  /** False when there is nothing to apply. */
  readonly changes: boolean;
  /** Of the stack that was planned; see `PreparedStack`. */
  readonly stackDigest: string;
  /** Of the plan's file. */
  readonly planDigest: string;
}

export const planFileOf = (directory: string, stack: StackName): string => join(directory, `${stack}.tfplan`);
/** Which builds of the provider a plan was made with. */
export const lockFileOf = (directory: string, stack: StackName): string =>
  join(directory, `${stack}.lock.hcl`);
/** A plan for people. */
export const planTextOf = (directory: string, stack: StackName): string => join(directory, `${stack}.txt`);

/** Empties the directory. A plan holds what the state holds, keys of databases among it: nobody else may read it. */
export async function emptyPlanDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
}

export async function writePlanRecord(directory: string, record: PlanRecord): Promise<void> {
  await writeFile(join(directory, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** @throws when the directory holds no plans */
export async function readPlanRecord(directory: string): Promise<PlanRecord> {
  const file = join(directory, RECORD);
  const text = await readFile(file, "utf8").catch(() => {
    throw new Error(`${file} is missing: there are no plans. Make them with --plan-only.`);
  });
  const record: unknown = JSON.parse(text);
  if (isPlanRecord(record)) return record;
  throw new Error(`${file} is not what --plan-only writes. Plan again.`);
}

export async function digestOfFile(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

const RECORD = "plan.json";

function isPlanRecord(value: unknown): value is PlanRecord {
  if (typeof value !== "object" || value === null) return false;
  const { environment, state, stacks, waiting } = value as Readonly<Record<string, unknown>>;
  return (
    typeof environment === "string" &&
    typeof state === "object" &&
    Array.isArray(stacks) &&
    stacks.every(isPlannedStack) &&
    Array.isArray(waiting) &&
    waiting.every(isStackName)
  );
}

function isPlannedStack(value: unknown): value is PlannedStack {
  if (typeof value !== "object" || value === null) return false;
  const { name, changes, stackDigest, planDigest } = value as Readonly<Record<string, unknown>>;
  return (
    isStackName(name) &&
    typeof changes === "boolean" &&
    typeof stackDigest === "string" &&
    typeof planDigest === "string"
  );
}

function isStackName(value: unknown): value is StackName {
  return STACKS.some((name) => name === value);
}
