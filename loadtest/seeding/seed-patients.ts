import { Pool } from "undici";
import { recordAt } from "../synthetic/data-set.ts";
import { concurrently } from "./concurrently.ts";
import { createProgress } from "./progress.ts";
import type { ProgressOutput } from "./progress.ts";
import type { SeedOptions } from "./read-options.ts";
import { send } from "./send.ts";
import type { Sender } from "./send.ts";

/** What has been created. */
export interface SeedSummary {
  patients: number;
  tests: number;
  /** How often a request was sent again because the platform was busy. */
  retries: number;
}

/**
 * Loads a deterministic data set through the gateway: each patient, then the patient's tests one after the other, 8 patients
 * at a time.
 *
 * @throws {SendError} at the first answer that is not 201 (after further tries, when the platform is busy)
 */
export async function seedPatients(
  options: SeedOptions,
  output: ProgressOutput,
  wait?: (milliseconds: number) => Promise<unknown>,
): Promise<SeedSummary> {
  const dispatcher = new Pool(new URL(options.gateway).origin, { connections: width });
  const sender: Sender = {
    dispatcher,
    gateway: options.gateway,
    key: options.key,
    ...(wait ? { wait } : {}),
  };
  const progress = createProgress(output, options.patients, "patients");
  const summary: SeedSummary = { patients: 0, tests: 0, retries: 0 };
  try {
    await concurrently(options.patients, width, async (index) => {
      await seedOne(sender, options.seed, index, summary);
      progress.advance();
    });
  } finally {
    progress.end();
    await dispatcher.destroy();
  }
  return summary;
}

const width = 8;

async function seedOne(sender: Sender, seed: string, index: number, summary: SeedSummary): Promise<void> {
  const { patient, tests } = recordAt(seed, index);
  const created = await send(sender, "/patient", patient);
  summary.patients += 1;
  summary.retries += created.retries;
  for (const test of tests) {
    const { retries } = await send(sender, `/patient/${created.id}/tests`, test);
    summary.tests += 1;
    summary.retries += retries;
  }
}
