/** The page that explains a rule, relative to the repository: `docs/rules/ref-unknown.md`. */
export function pageOf(rule: string): string {
  return `docs/rules/${rule.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}.md`;
}
