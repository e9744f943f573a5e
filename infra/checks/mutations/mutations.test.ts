import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { prod } from "../../../environments/prod.ts";
import type { StackDocument } from "../../stack-document.ts";
import { synthesise } from "../../synthesise.ts";
import type { Expectations } from "../check-stacks.ts";
import { readExpectations } from "../read-expectations.ts";
import { describeMutation, type Mutation } from "./mutation.ts";
import { effective, mutationsOf, sampled } from "./mutations-of.ts";
import { survived } from "./survived.ts";
import { SURVIVORS } from "./survivors.ts";

const project = join(import.meta.dirname, "../../..");
const SEED = 20_261_121;
/** All of them take half a minute: `MUTATIONS=all npm test -- infra/checks/mutations`. */
const all = process.env.MUTATIONS === "all";

let outputDirectory: string;
let stacks: readonly StackDocument[];
let expectations: Expectations;
let mutations: readonly Mutation[];
let survivors: readonly Mutation[];

beforeAll(async () => {
  outputDirectory = await mkdtemp(join(tmpdir(), "mutations-"));
  stacks = await synthesise({ environment: prod, projectDirectory: project, outputDirectory });
  expectations = await readExpectations(project, prod);
  const every = mutationsOf(stacks, SEED);
  // Those that are explained are always tried, so that no explanation outlives its mutation.
  const known = every.filter((one) => SURVIVORS.some((survivor) => same(survivor, one)));
  mutations = effective(stacks, all ? every : [...new Set([...known, ...sampled(every, SEED)])]);
  survivors = survived(stacks, expectations, mutations);
  const killed = mutations.length - survivors.length;
  process.stdout.write(
    `infra mutations: ${killed} of ${mutations.length} found, ${survivors.length} survive (${every.length} possible)\n`,
  );
}, 120_000);

afterAll(() => rm(outputDirectory, { recursive: true, force: true }));

describe("mutations of the stacks", () => {
  it("are many, and touch every type of resource", () => {
    const types = stacks.flatMap(({ document }) => Object.keys(document.resource ?? {}));
    const touched = new Set(mutations.map(({ type }) => type));
    expect(mutations.length).toBeGreaterThan(200);
    expect(types.filter((type) => !touched.has(type))).toEqual([]);
  });

  it("are all found, but for those that are explained", () => {
    const unexplained = survivors.filter((one) => !SURVIVORS.some((survivor) => same(survivor, one)));
    expect(unexplained.map(describeMutation)).toEqual([]);
  });

  it("explains none that is found", () => {
    const idle = SURVIVORS.filter((survivor) => !survivors.some((one) => same(survivor, one)));
    expect(idle).toEqual([]);
  });

  it("leave the stacks as they are", () => {
    expect(
      survived(stacks, expectations, [{ ...mutations[0], change: () => undefined } as Mutation]),
    ).toHaveLength(1);
  });
});

function same(
  a: Pick<Mutation, "kind" | "type" | "attribute">,
  b: Pick<Mutation, "kind" | "type" | "attribute">,
) {
  return a.kind === b.kind && a.type === b.type && a.attribute === b.attribute;
}
