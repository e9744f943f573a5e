import { applyChanges } from "./apply-changes.ts";
import type { ContractEdit } from "./contract-edit.ts";
import { deviationOf, type Deviation } from "./deviation.ts";
import { CONTRACT_EDITS, REFUSED_EDITS, THEMES, type Theme } from "./edits/all-edits.ts";

/**
 * `README.md` of this folder: what the verdicts mean, and the corpus as tables.
 * @param read the text of a file of the repository
 */
export function renderReadme(read: (file: string) => string): string {
  return [HEAD, summary(), ...THEMES.map((theme) => section(theme, read)), refused()].join("\n\n") + "\n";
}

const HEAD = `# Contract edits

<!-- Written by \`node tests/contract-edits/main.ts --write\` from the edits beside it. -->

Changes of the contract, each with what must be said of it. \`npm run contract-edits\` makes them one after the other in a copy of this repository's contracts and asks \`generator/diff\`. The expectations come from one question, not from what the judge says: would a partner system that was written correctly against the old contract keep working, as the gateway, the app and API Management behave?

The effective partner contract is the public operations, the policies bound to them, the products that hold them and production's limits. A change of it is

- **major** when a request that was accepted is refused or means something else, or a client gets what it had not to be ready for;
- **minor** when it changes and breaks nobody: more is accepted, more is promised, notice is given of a deprecation;
- **patch** when it is the same, and only what readers of the published contract see is not;
- **none** when nobody can tell.

A major change is an error at the line named, unless it may break: the major version of every API that it breaks was raised, or a waiver covers it. For what was removed, the line is that of the key that held it.

\`npm test\` judges those of \`sampled-edits.ts\`: of each theme one of each verdict, and one of each rule that the corpus meets. \`npm run contract-edits\` judges all, through git, as \`npm run diff\` does; it also has everything generated from each edited contract, and asks plain \`redocly diff\` (its own rules, no configuration, \`openapi/\` alone) about each, so that what is marked here is true, and says when the sample misses a rule.`;

function summary(): string {
  const count = (deviation: Deviation): number =>
    CONTRACT_EDITS.filter((edit) => deviationOf(edit) === deviation).length;
  const breaking = CONTRACT_EDITS.filter(({ verdict }) => verdict === "major").length;
  return (
    `${CONTRACT_EDITS.length} edits, ${breaking} of them breaking. Of these \`redocly diff\` alone misses ` +
    `${count("misses a break")}; it calls ${count("false alarm")} others breaking that are not, and has the level of ` +
    `${count("level")} more wrong (✗, ✗ and ≈ below). It is right about ${count("right")}.`
  );
}

function section({ title, edits }: Theme, read: (file: string) => string): string {
  const rows = edits.map((edit) => {
    const verdict = edit.stopped === false ? `${edit.verdict}, allowed` : edit.verdict;
    return row([edit.name, verdict, redocly(edit), placeOf(edit, read), edit.why]);
  });
  return table(title, ["edit", "verdict", "redocly alone", "the finding is at", "why"], rows);
}

function redocly(edit: ContractEdit): string {
  const signs: Readonly<Record<Deviation, string>> = {
    right: "",
    "misses a break": " ✗",
    "false alarm": " ✗",
    level: " ≈",
  };
  return edit.redoclyAlone + signs[deviationOf(edit)];
}

function placeOf(edit: ContractEdit, read: (file: string) => string): string {
  const places = applyChanges(edit.changes, read).flatMap(({ file, text, marked }) => {
    const lines = text.split("\n");
    const said = marked.map((line) => `\`${lines[line - 1]?.trim() ?? ""}\``);
    return said.length === 0 ? [] : [`${file}: ${[...new Set(said)].join(" or ")}`];
  });
  return places.join("; ") || "–";
}

function refused(): string {
  const rows = REFUSED_EDITS.map(({ name, rule, why }) => row([name, rule, why]));
  return table("Refused before anything is compared", ["edit", "rule", "why"], rows);
}

/** Columns are not padded: one long cell would change every line. */
function table(title: string, columns: readonly string[], rows: readonly string[]): string {
  return [
    `## ${title}`,
    "",
    "<!-- prettier-ignore-start -->",
    "",
    row(columns),
    row(columns.map(() => "---")),
    ...rows,
    "",
    "<!-- prettier-ignore-end -->",
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`)).join(" | ")} |`;
}
