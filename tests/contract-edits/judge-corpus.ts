/**
 * `node tests/contract-edits/judge-corpus.ts`: prints as JSON what is said of each edit, by its name. A program, because the
 * judge loads `environments/prod.ts` anew for each edit, which Jest's modules do not.
 */
import { CONTRACT_EDITS } from "./edits/all-edits.ts";
import { forEachEdit } from "./for-each-edit.ts";
import { createQuickJudge, verdictOf, type EditVerdict } from "./judge-edit.ts";

const judge = createQuickJudge();

const verdicts = await forEachEdit(CONTRACT_EDITS, async (made): Promise<[string, EditVerdict | string]> => {
  const verdict = judge(made).then((report) => verdictOf(report, made));
  return [made.edit.name, await verdict.catch(String)];
});

process.stdout.write(JSON.stringify(Object.fromEntries(verdicts)));
