import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { ContractError } from "../../generator/finding.ts";
import { buildModel } from "../../generator/model/build-model.ts";
import { Sources } from "../../generator/load/sources.ts";
import { REFUSED_EDITS } from "./edits/all-edits.ts";
import { forEachEdit } from "./for-each-edit.ts";
import { createQuickJudge, expectedVerdict, judgeThroughGit, type EditVerdict } from "./judge-edit.ts";
import { SAMPLED_EDITS } from "./sampled-edits.ts";

/** In bytes. */
const MAX_OUTPUT = 16 * 1024 * 1024;

describe("the verdict on the sample (npm run contract-edits judges all)", () => {
  let verdicts: Readonly<Record<string, EditVerdict | string>> = {};

  beforeAll(async () => {
    const program = join(import.meta.dirname, "judge-sample.ts");
    const args = ["--disable-warning=ExperimentalWarning", program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: MAX_OUTPUT });
    verdicts = JSON.parse(stdout);
  }, 600_000);

  it.each(SAMPLED_EDITS.map((edit) => [edit.verdict, edit.name, edit] as const))(
    "%s: %s",
    (_verdict, name, edit) => {
      expect(verdicts[name]).toEqual(expectedVerdict(edit));
    },
  );

  it("is the same through git and with processes of Redocly", async () => {
    const judge = createQuickJudge();
    const some = SAMPLED_EDITS.filter((_edit, index) => index % 20 === 0);
    const reports = await forEachEdit(some, (made) => Promise.all([judge(made), judgeThroughGit(made)]));
    expect(reports.map(([, report]) => report)).toEqual(reports.map(([report]) => report));
  }, 60_000);
});

describe("what leaves nothing to compare", () => {
  it.each(REFUSED_EDITS.map((edit) => [edit.rule, edit.name, edit] as const))(
    "%s: %s",
    async (rule, _name, edit) => {
      const [outcome] = await forEachEdit([edit], async (made) => ({
        generator: rulesOf(() => buildModel(new Sources(made.directory))),
        verdict: await judgeThroughGit(made).then(({ verdict }) => verdict, rulesIn),
      }));
      expect(outcome).toEqual({ generator: [rule], verdict: [rule] });
    },
  );
});

function rulesOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return rulesIn(error);
  }
}

function rulesIn(error: unknown): string[] {
  if (!(error instanceof ContractError)) throw error;
  return [...new Set(error.findings.map(({ rule }) => rule))];
}
