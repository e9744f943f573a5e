import { medicalTest } from "./medical-test.ts";
import type { SyntheticTest } from "./medical-test.ts";
import { person } from "./person.ts";
import type { SyntheticPatient } from "./person.ts";
import { createRandom } from "./random.ts";

/** A patient of the data set, with the tests to be added. */
export interface SyntheticRecord {
  patient: SyntheticPatient;
  /** 0 to 5. */
  tests: SyntheticTest[];
}

/**
 * One record of an endless data set. It depends on the seed and the place alone, so that a set of ten is the beginning of a
 * set of a thousand, in whatever order the records are made.
 */
export function recordAt(seed: string, index: number): SyntheticRecord {
  const random = createRandom(`${seed}/${index}`);
  const patient = person(random);
  const tests = Array.from({ length: random.integer(0, 5) }, () => medicalTest(random));
  return { patient, tests };
}
