/**
 * `node tests/contract-edits/main.ts`: judges every edit as `npm run diff` does, asks the generator whether everything can be
 * generated from the edited contract, and plain `redocly diff` what it says. Ends with 1 when anything is not as the corpus
 * says, or when the edits that `npm test` judges do not meet a rule that all do. `--write` writes README.md instead. Words
 * after it choose the edits whose names have one of them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { generate } from "../../generator/generate.ts";
import type { ContractEdit } from "./contract-edit.ts";
import { CONTRACT_EDITS } from "./edits/all-edits.ts";
import { forEachEdit, type Made } from "./for-each-edit.ts";
import { expectedVerdict, judgeThroughGit, verdictOf } from "./judge-edit.ts";
import { redoclyAlone } from "./plain-redocly.ts";
import { renderReadme } from "./render-readme.ts";
import { SAMPLED_EDITS } from "./sampled-edits.ts";

const repository = resolve(import.meta.dirname, "../..");
const print = (line: string): void => void process.stdout.write(`${line}\n`);

if (process.argv.includes("--write")) {
  const read = (file: string): string => readFileSync(join(repository, file), "utf8");
  writeFileSync(join(import.meta.dirname, "README.md"), renderReadme(read));
} else {
  const words = process.argv.slice(2);
  const edits = CONTRACT_EDITS.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  const rules = new Map<ContractEdit, ReadonlySet<string>>();
  const found = await forEachEdit(edits, (made) => faultsOf(made, rules));
  const faults = [...found.flat(), ...(words.length === 0 ? unsampled(rules) : [])];
  for (const fault of faults) print(fault);
  print(`${edits.length} edits, ${faults.length} things not as the corpus says`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** @param rules is told what the edit meets */
async function faultsOf(
  made: Made<ContractEdit>,
  rules: Map<ContractEdit, ReadonlySet<string>>,
): Promise<string[]> {
  const faults = [...(await misjudged(made, rules)), ...(await mismarked(made)), ...(await refusals(made))];
  return faults.map((fault) => `${made.edit.name}: ${fault}`);
}

async function misjudged(
  made: Made<ContractEdit>,
  rules: Map<ContractEdit, ReadonlySet<string>>,
): Promise<string[]> {
  const expected = JSON.stringify(expectedVerdict(made.edit));
  const verdict = judgeThroughGit(made).then((report) => {
    rules.set(made.edit, new Set(report.findings.map(({ rule, severity }) => `${severity} ${rule}`)));
    return verdictOf(report, made);
  });
  const found = JSON.stringify(await verdict.catch(String));
  return found === expected ? [] : [`judged ${found}, expected ${expected}`];
}

async function mismarked({ edit, base, directory, files, redocly }: Made<ContractEdit>): Promise<string[]> {
  const names = files.map(({ file }) => file);
  const said = await redoclyAlone(redocly, base, directory, names);
  return said === edit.redoclyAlone ? [] : [`redocly diff says ${said}, marked ${edit.redoclyAlone}`];
}

async function refusals({ directory }: Made): Promise<string[]> {
  try {
    await generate(directory);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Rules, each with its severity, that are met by edits of the corpus and by none of the sample. */
function unsampled(rules: ReadonlyMap<ContractEdit, ReadonlySet<string>>): string[] {
  const sampled = new Set(SAMPLED_EDITS.flatMap((edit) => [...(rules.get(edit) ?? [])]));
  const missed = new Map<string, string>();
  for (const [{ name }, met] of rules) {
    for (const rule of met) if (!sampled.has(rule) && !missed.has(rule)) missed.set(rule, name);
  }
  return [...missed].map(([rule, name]) => `sampled-edits.ts: none has the ${rule}, as ${name} does`);
}
