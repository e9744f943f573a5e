import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { median } from "./median.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** What it costs to hold an answer against the contract. */
export interface ReplyTime {
  name: string;
  /** Median, microseconds of CPU an answer. */
  microseconds: number;
  /** To `JSON.stringify` of the same body, in the same rounds. */
  ratio: number;
}

interface Validators {
  readonly getPatientResponse200: Validate;
  readonly searchPatientsResponse200: Validate;
}

type Validate = (data: unknown) => boolean;

const example = {
  id: "0198c0de-0000-7000-8000-000000000001",
  firstName: "Vera",
  lastName: "Muster",
  fullName: "Vera Anna Muster",
  gender: "female",
  dateOfBirth: "1984-05-17",
  postCode: "3012",
  insuranceNumber: "SYN-80756-000001",
  preferredContactNumber: "+41 00 000 00 01",
  lastUpdated: "2026-11-20T08:30:00.000Z",
};

/** Measures the generated validators, bundled as an app bundles them, in `rounds` rounds. */
export async function measureReplies(rounds: number): Promise<ReplyTime[]> {
  const { getPatientResponse200, searchPatientsResponse200 } = await loadValidators();
  const page = (length: number) => Array.from({ length }, () => ({ ...example }));
  return [
    measure("a patient", getPatientResponse200, { etag: '"3"' }, example, 20_000, rounds),
    measure("a page of 100 patients", searchPatientsResponse200, {}, page(100), 200, rounds),
    measure("a page of 1,000 patients", searchPatientsResponse200, {}, page(1_000), 20, rounds),
  ];
}

function measure(
  name: string,
  validate: Validate,
  headers: object,
  body: unknown,
  times: number,
  rounds: number,
): ReplyTime {
  const reply = { headers, body, today: "2026-11-20" };
  if (!validate(reply)) throw new Error(`The benchmark's answer of ${name} does not keep the contract.`);
  const validations: number[] = [];
  const serialisations: number[] = [];
  // The first round is the compiler's.
  for (let round = 0; round <= rounds; round += 1) {
    const validation = timeOf(() => validate(reply), times);
    const serialisation = timeOf(() => JSON.stringify(body), times);
    if (round === 0) continue;
    validations.push(validation);
    serialisations.push(serialisation);
  }
  const microseconds = median(validations);
  return { name, microseconds, ratio: microseconds / median(serialisations) };
}

let kept: unknown;

/** Microseconds of this thread's CPU time for one call: other processes that want the core do not count. */
function timeOf(call: () => unknown, times: number): number {
  const before = process.threadCpuUsage();
  for (let count = 0; count < times; count += 1) kept = call();
  const { user, system } = process.threadCpuUsage(before);
  if (kept === undefined) throw new Error("The benchmark's call returned nothing.");
  return (user + system) / times;
}

async function loadValidators(): Promise<Validators> {
  const directory = await mkdtemp(path.join(tmpdir(), "specimen-bench-"));
  try {
    const outfile = path.join(directory, "validators.cjs");
    await build({
      entryPoints: [path.join(root, "generated/patient/validators.js")],
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node22",
    });
    return createRequire(import.meta.url)(outfile) as Validators;
  } finally {
    await rm(directory, { recursive: true });
  }
}
