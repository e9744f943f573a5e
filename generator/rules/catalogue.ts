import { DIFF_RULES, type DiffRule } from "../diff/rules.ts";
import { CONFORMANCE_RULES } from "./catalogue/conformance-rules.ts";
import { DRIFT_RULES } from "./catalogue/drift-rules.ts";
import { IMPORT_RULES } from "./catalogue/import-rules.ts";
import { PLUGIN_CATALOGUE } from "./catalogue/plugin-rules.ts";
import { REDOCLY_CATALOGUE } from "./catalogue/redocly-rules.ts";
import { SOURCE_RULES } from "./catalogue/source-rules.ts";

/** A rule that contracts are held to. */
export interface Rule {
  /** `<room>/<what>`; the page is `docs/rules/<room>-<what>.md`. */
  readonly id: string;
  /** RFC 2119: what breaks a MUST is an error, what breaks a SHOULD a warning; what a MAY is about is told with a note. */
  readonly level: "MUST" | "SHOULD" | "MAY";
  /** One sentence. */
  readonly statement: string;
  /** The guideline that it follows. */
  readonly source: { readonly title: string; readonly url: string };
}

/** Who finds what breaks a rule. */
export type Checker =
  | "Redocly"
  | "our plugin of Redocly"
  | "the generator"
  | "the diff"
  | "the drift ledger"
  | "the conformance run";

export interface CataloguedRule extends Rule {
  readonly checkedBy: Checker;
}

/** Every rule that the stream of findings can name, in the order of their ids. */
export const RULES: readonly CataloguedRule[] = [
  ...checkedBy("Redocly", REDOCLY_CATALOGUE),
  ...checkedBy("our plugin of Redocly", PLUGIN_CATALOGUE),
  ...checkedBy("the generator", [...SOURCE_RULES, ...IMPORT_RULES]),
  ...checkedBy("the diff", DIFF_RULES.map(withImpact)),
  ...checkedBy("the drift ledger", DRIFT_RULES),
  ...checkedBy("the conformance run", CONFORMANCE_RULES),
].sort((a, b) => (a.id < b.id ? -1 : 1));

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

export function findRule(id: string): CataloguedRule | undefined {
  return BY_ID.get(id);
}

/** What only raises the version is told, and nobody has to do anything about it. */
function withImpact(rule: DiffRule): Rule {
  return rule.impact === "minor" || rule.impact === "patch" ? { ...rule, level: "MAY" } : rule;
}

function checkedBy(checker: Checker, rules: readonly Rule[]): CataloguedRule[] {
  return rules.map(({ id, level, statement, source }) => ({
    id,
    level,
    statement,
    source,
    checkedBy: checker,
  }));
}
