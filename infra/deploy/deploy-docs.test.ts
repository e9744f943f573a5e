import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ROLES } from "../grant-role.ts";
import { readOptions } from "./read-options.ts";
import { SMOKE_KEYS } from "./smoke-keys.ts";

const project = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(project, path), "utf8");
const page = read("docs/deploy.md");

describe("docs/deploy.md", () => {
  it("lets the pipeline grant exactly the roles that the stacks grant", () => {
    const list = /roles=\$\(for role in([^;]+);/.exec(page)?.[1] ?? "";
    const named = [...list.matchAll(/"([^"]+)"/g)].map(([, role]) => role);
    expect(named.sort()).toEqual(Object.keys(ROLES).sort());
  });

  it("registers the providers that the stacks use", () => {
    const list = /for provider in ([^;]+);/.exec(page)?.[1] ?? "";
    const used = [...read("infra/stack.ts").matchAll(/"Microsoft\.(\w+)"/g)].map(([, name]) => name);
    expect(list.split(" ").sort()).toEqual(used.sort());
  });

  it("calls the command with options that it takes", () => {
    const calls = [...page.matchAll(/npm run deploy -- ([^`\n#)]+)/g)].map(([, line = ""]) => line.trim());
    expect(calls.length).toBeGreaterThan(8);
    const refused = calls
      .map((line) => readOptions(line.split(/\s+/), true))
      .filter((read) => typeof read === "string");
    expect(refused).toEqual([]);
  });

  it("names scripts that there are, and the subscriptions of the smoke journey", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const called = [...page.matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
    expect(called.filter((script) => scripts[script] === undefined)).toEqual([]);
    for (const { subscription } of Object.values(SMOKE_KEYS))
      expect(page).toContain(`subscribe ${subscription} `);
  });

  it("links to sections that there are", () => {
    const runbooks = [...page.matchAll(/runbooks\.md#([\w-]+)/g)].map(([, name = ""]) => name);
    const sections = read("docs/runbooks.md");
    expect(runbooks.filter((name) => !sections.includes(`\n## ${name}\n`))).toEqual([]);
  });
});
