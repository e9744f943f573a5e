import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { contracts, EXPORT, startSuite } from "./conformance-suite.ts";
import type { ConformanceSuite } from "./conformance-suite.ts";

/** For each operation as it is; `npm run conformance` runs 1,000, and all that are planned. */
const CASES_OF_ALL = 3;
const FEW_EXPORTS = { operations: [EXPORT], cases: 2, shrinks: 0 };

const OTHERS = contracts
  .flatMap(({ operations }) => operations.map(({ operationId }) => operationId))
  .filter((one) => one !== EXPORT);

let suite: ConformanceSuite;
beforeAll(async () => (suite = await startSuite()), 60_000);
afterAll(() => suite.stop());

describe("validators, apps and gateway do what the contracts say", () => {
  const seed = Math.floor(Math.random() * 0x3fffffff);

  it(`in cases that are others each time, now from the seed ${seed}`, async () => {
    expect((await suite.run({ seed, ...FEW_EXPORTS })).findings).toEqual([]);
    const { findings, operations } = await suite.run({ seed, cases: CASES_OF_ALL, operations: OTHERS });
    expect(findings).toEqual([]);
    expect(operations.map((one) => one.cases >= CASES_OF_ALL)).toEqual(operations.map(() => true));
  }, 60_000);

  it("and each rule of an operation is met from both sides", async () => {
    const { findings } = await suite.run({ operations: ["createAuditRecord"], runsAllPlanned: true });
    expect(findings).toEqual([]);
  }, 60_000);
});
