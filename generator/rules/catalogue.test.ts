import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { findRule, RULES } from "./catalogue.ts";
import { readReportedRules, roomOf } from "./fixtures/reported-rules.ts";
import { pageOf } from "./page-of.ts";
import { PLUGIN_RULES } from "./plugin.ts";

const projectDirectory = join(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(join(projectDirectory, file), "utf8");
const ids = RULES.map(({ id }) => id);
const lintIds = ids.filter((id) => id.startsWith("lint/"));

/** What is checked before Redocly reads a contract. */
const NOT_REDOCLYS = ["lint/openapi-version"];

describe("the catalogue", () => {
  it("has each rule once, with a sentence and an address", () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, statement, source } of RULES) {
      expect([id, statement]).toEqual([id, expect.stringMatching(/^\S.*\.$/)]);
      expect([id, source.url]).toEqual([id, expect.stringMatching(/^https:\/\//)]);
    }
  });

  it("finds a rule by its id, and nothing by anything else", () => {
    expect(findRule("ref/unknown")?.level).toBe("MUST");
    expect(findRule("ref/nothing")).toBeUndefined();
    expect(findRule("constructor")).toBeUndefined();
  });
});

describe("what the sources report", () => {
  const { literal, composed } = readReportedRules(projectDirectory, ["generator", "tests/conformance"]);

  it("is in the catalogue", () => {
    const unknown = [...literal].filter(([id]) => !ids.includes(id));
    expect(unknown).toEqual([]);
    for (const room of composed.keys())
      expect([room, ids.some((id) => roomOf(id) === room)]).toEqual([room, true]);
  });

  it("is all that the catalogue has", () => {
    const isReported = (id: string): boolean =>
      literal.has(id) || composed.get(roomOf(id))?.has(id.slice(id.indexOf("/") + 1)) === true;
    expect(ids.filter((id) => !lintIds.includes(id) && !isReported(id))).toEqual([]);
  });
});

describe("the rules of lint", () => {
  const config = parse(read("redocly.yaml")) as { rules: Record<string, string | { severity?: string }> };
  const configured = Object.entries(config.rules).map(([name, value]): [string, string | undefined] => [
    `lint/${name.slice(name.indexOf("/") + 1)}`,
    typeof value === "string" ? value : value.severity,
  ]);

  it("are those that redocly.yaml switches on, a MUST as an error and a SHOULD as a warning", () => {
    const expected = lintIds
      .filter((id) => !NOT_REDOCLYS.includes(id))
      .map((id) => [id, findRule(id)?.level === "MUST" ? "error" : "warn"]);
    expect(configured.toSorted()).toEqual(expected.toSorted());
  });

  it("of the plugin are each in a file of their name", () => {
    for (const id of Object.keys(PLUGIN_RULES)) {
      const variable = id.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(read(`generator/rules/${id}.ts`)).toContain(`export const ${variable}`);
      expect(Object.hasOwn(config.rules, `lint/${id}`)).toBe(true);
    }
  });

  it.each(["fault", "nearMiss"])("have each at least one %s in the tests", (kind) => {
    const tests = ["redocly-rules", "plugin-rules"]
      .map((name) => read(`generator/rules/${name}.test.ts`))
      .join("");
    const tested = new Set(
      [...tests.matchAll(new RegExp(`\\b${kind}\\(\\s*"([^"]+)"`, "g"))].map(([, id]) => id),
    );
    expect(lintIds.filter((id) => !tested.has(id))).toEqual([]);
  });
});

describe("docs/rules", () => {
  it("has a page for each rule, and no other", () => {
    const pages = readdirSync(join(projectDirectory, "docs/rules")).map((name) => `docs/rules/${name}`);
    expect(pages.toSorted()).toEqual([...ids.map(pageOf), "docs/rules/README.md"].toSorted());
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))(
    "%s says what, why, wrong, right and from where",
    (id, rule) => {
      const page = existsSync(join(projectDirectory, pageOf(id))) ? read(pageOf(id)) : "";
      expect(page.split("\n").slice(0, 3)).toEqual([`# ${id}`, "", `**${rule.level}.** ${rule.statement}`]);
      expect(page).toMatch(/\n\nWrong:\n\n```[\s\S]+\n```\n\nRight:\n\n```[\s\S]+\n```\n/);
      expect(page).toContain(
        `Checked by ${rule.checkedBy}. Follows [${rule.source.title}](${rule.source.url}).`,
      );
      const [, , why = ""] = page.split("\n\n");
      expect(why.length).toBeGreaterThan(15);
    },
  );

  it("has a row for each in its table", () => {
    const rows = read("docs/rules/README.md").replaceAll(/ +\|/g, " |").split("\n");
    const missing = RULES.filter(({ id, level, statement, checkedBy }) => {
      const link = `[${id}](${pageOf(id).replace("docs/rules/", "")})`;
      return !rows.includes(`| ${link} | ${level} | ${statement} | ${checkedBy} |`);
    });
    expect(missing.map(({ id }) => id)).toEqual([]);
    expect(rows.filter((row) => row.startsWith("| [")).length).toBe(RULES.length);
  });
});
