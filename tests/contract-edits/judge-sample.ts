/**
 * `node tests/contract-edits/judge-sample.ts`: prints as JSON what is said of each sampled edit, by its name. A program, because the
 * judge loads `environments/prod.ts` anew for each edit, which Jest's modules do not.
 */
import { forEachEdit } from "./for-each-edit.ts";
import { createQuickJudge, verdictOf, type EditVerdict } from "./judge-edit.ts";
import { SAMPLED_EDITS } from "./sampled-edits.ts";

const judge = createQuickJudge();

const verdicts = await forEachEdit(SAMPLED_EDITS, async (made): Promise<[string, EditVerdict | string]> => {
  const verdict = judge(made).then((report) => verdictOf(report, made));
  return [made.edit.name, await verdict.catch(String)];
});

process.stdout.write(JSON.stringify(Object.fromEntries(verdicts)));
