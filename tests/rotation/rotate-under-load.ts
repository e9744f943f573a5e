import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { readManifest } from "../../infra/manifest.ts";
import { localTarget } from "../../infra/rotation/local-target.ts";
import { rotationsOf } from "../../infra/rotation/rotations.ts";
import type { Rotation } from "../../infra/rotation/step.ts";
import { clientOf } from "../support/client.ts";
import { somebody } from "../support/people.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";
import { oldCredential, secondsUntilRefused } from "./old-credentials.ts";
import { operatorOf } from "./operator.ts";
import type { Operator } from "./operator.ts";
import { steadyLoad } from "./steady-load.ts";
import type { Failure } from "./steady-load.ts";

export interface UnderLoadOptions {
  /** Whose apps have the settings {@link COMPRESSED}. */
  readonly platform: TestPlatform;
  /** Of each secret. */
  readonly rotations: number;
  /** The command is killed at every n-th of its steps and run again, beginning at another step for each secret; 0: never. */
  readonly killEvery: number;
  readonly tell?: (line: string) => void;
}

export interface SecretReport {
  readonly name: string;
  readonly rotations: number;
  /** Runs of the command that were killed. */
  readonly kills: number;
  /** The longest time for which an old key still opened something after the end of its rotation. */
  readonly longestSeconds: number;
}

export interface UnderLoadReport {
  readonly served: number;
  readonly failures: readonly Failure[];
  readonly secrets: readonly SecretReport[];
}

const PROJECT = join(import.meta.dirname, "../..");
/** What clients have to change over, in seconds: longer than a client of the load keeps its key. */
const GRACE_SECONDS = 1;
/** Compressed from 30,000: how long the apps keep a secret, as the platform of {@link rotateUnderLoad} is to be started. */
export const COMPRESSED = { SECRET_MAX_AGE_MS: "500" } as const;
const READER_SECONDS = 1;
/** More than any rotation has. */
const MOST_STEPS = 20;

/** Rotates every secret of a platform while clients go on asking, and tries what each rotation has ended. */
export async function rotateUnderLoad(options: UnderLoadOptions): Promise<UnderLoadReport> {
  const { platform, rotations, killEvery, tell = () => undefined } = options;
  const { stateDirectory } = platform;
  const operator = operatorOf(stateDirectory);
  const client = clientOf(platform.gateway);
  for (let count = 0; count < 5; count++) await client.call("createPatient", { body: somebody() });
  await until(async () => (await checkpoint(platform)) === 200);

  const target = await localTarget(stateDirectory);
  const every = { manifest: await readManifest(PROJECT), target, wait: sleep, readerSeconds: READER_SECONDS };
  // The keys of apps need no grace: who has an old one reads it again.
  const prompt = (await rotationsOf(every)).filter(({ name }) => /-(host|gateway)-key$/.test(name));
  const graceful = await rotationsOf({ ...every, graceSeconds: GRACE_SECONDS });
  const rotated = graceful
    .filter(({ name }) => !name.endsWith("-subject-key"))
    .map((rotation) => prompt.find(({ name }) => name === rotation.name) ?? rotation);
  const load = steadyLoad({
    gateway: platform.gateway,
    keyOf: async (product) =>
      (await operator.secret(`subscription-local-${product}`)) ?? `local-${product}-key`,
    clients: 4,
  });
  const secrets: SecretReport[] = [];
  try {
    for (const [index, rotation] of rotated.entries()) {
      const before = load.failures.length;
      const report = await rotateOne(rotation, platform, operator, {
        rotations,
        killAt: (step) => killEvery > 0 && (step + index) % killEvery === 0,
      });
      secrets.push(report);
      tell(
        `${report.name.padEnd(28)}  ${report.rotations} rotations, ${report.kills} kills, ` +
          `old key refused within ${report.longestSeconds.toFixed(2)} s, ` +
          `${load.failures.length - before} failed requests (${load.served()} served so far)`,
      );
    }
  } finally {
    await load.stop();
  }
  return { served: load.served(), failures: load.failures, secrets };
}

async function rotateOne(
  rotation: Rotation,
  platform: TestPlatform,
  operator: Operator,
  { rotations, killAt }: { readonly rotations: number; readonly killAt: (step: number) => boolean },
): Promise<SecretReport> {
  const { name } = rotation;
  let longestSeconds = 0;
  let done = 0;
  let killed = 0;
  const once = async (rotate: () => Promise<boolean>): Promise<boolean> => {
    const old = await oldCredential(name, operator);
    const result = name.endsWith("-signing-key") ? await withCheckpoints(platform, rotate) : await rotate();
    longestSeconds = Math.max(longestSeconds, await secondsUntilRefused(old));
    done++;
    return result;
  };
  while (done < rotations) {
    await once(async () => {
      const { done: ended } = await rotation.rotate(() => undefined);
      if (!ended) throw new Error(`The rotation of ${name} did not come to its end.`);
      return ended;
    });
  }
  for (let step = 1; step <= MOST_STEPS; step++) {
    if (!killAt(step)) continue;
    const wasKilled = await once(async () => {
      const { killed: was } = await run(platform.stateDirectory, name, step);
      if (was) await run(platform.stateDirectory, name);
      return was;
    });
    if (!wasKilled) break;
    killed++;
  }
  return { name, rotations: done, kills: killed, longestSeconds };
}

/**
 * The command itself, as an operator runs it.
 * @param killAt the line of its output at which it is killed, counted from 1
 * @throws when it was not killed, and did not end well
 */
async function run(stateDirectory: string, name: string, killAt = Infinity): Promise<{ killed: boolean }> {
  const child = spawn(
    process.execPath,
    [
      ...["--disable-warning=ExperimentalWarning", join(PROJECT, "infra/rotation/main.ts")],
      ...["--environment", "local", "--secret", name, "--grace", String(GRACE_SECONDS)],
      ...["--reader-seconds", String(READER_SECONDS)],
    ],
    {
      env: { ...process.env, NODE_OPTIONS: "", SPECIMEN_STATE_DIR: stateDirectory },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (lines.push(line) === killAt) child.kill("SIGKILL");
  });
  createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on("close", (...ended) => resolve(ended)),
  );
  if (signal === "SIGKILL") return { killed: true };
  if (code !== 0) throw new Error(`rotate-keys ended with ${code ?? signal}: ${lines.join(" | ")}`);
  return { killed: false };
}

/** A checkpoint is made every five seconds; a test makes them by hand, one after the other. */
async function withCheckpoints<T>(platform: TestPlatform, during: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const checkpoints = (async () => {
    while (!ended.signal.aborted) {
      await checkpoint(platform);
      await sleep(200);
    }
  })();
  try {
    return await during();
  } finally {
    ended.abort();
    await checkpoints;
  }
}

/** Has one made, and asks for the latest. @returns the status */
async function checkpoint({ apps, stateDirectory }: TestPlatform): Promise<number> {
  const keys = JSON.parse(readFileSync(join(stateDirectory, "apps/audit/keys.json"), "utf8")) as {
    hostKeys: Record<string, string>;
  };
  const headers = { "x-functions-key": keys.hostKeys._master ?? "", "content-type": "application/json" };
  const url = apps.audit ?? "";
  await fetch(`${url}/admin/functions/audit-checkpoint`, { method: "POST", headers, body: "{}" });
  const answer = await fetch(`${url}/audit/checkpoints/latest`, { headers });
  await answer.body?.cancel();
  return answer.status;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("There is no checkpoint after 30 s.");
    await sleep(100);
  }
}
