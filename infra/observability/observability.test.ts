import { describe, expect, test } from "@jest/globals";
import { globSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../manifest.ts";
import { synthesiseGateway } from "../gateway/testing/synthesise-gateway.ts";
import { alerts } from "./alerts.ts";
import { queryText } from "./log-alert.ts";

const project = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(project, path), "utf8");
const sources = globSync("{runtime,handlers}/**/*.ts", { cwd: project })
  .filter((path) => !/\.test\.ts$|\/testing\//.test(path))
  .map(read)
  .join("\n");
const logAlerts = alerts.flatMap((alert) => (alert.kind === "log" ? [alert] : []));

describe("the queries", () => {
  test("each log alert has one, and there are no others", () => {
    const files = readdirSync(join(import.meta.dirname, "queries")).sort();
    expect(files).toEqual(logAlerts.map(({ id }) => `${id}.kql`).sort());
  });

  test("every event that one names is logged by an app", () => {
    const logged = valuesOf(sources, /\blog\(\s*"(?:info|warn|error)",\s*"([^"]+)"/g);
    expect(logged).toContain("register-away");
    expect(logAlerts.flatMap(({ id }) => eventsOf(id)).filter((event) => !logged.includes(event))).toEqual(
      [],
    );
  });

  test("every job that one names is there, and every code of a problem", () => {
    for (const { id } of logAlerts) {
      for (const job of valuesOf(queryText(id), /\(line\.job\) == "([^"]+)"/g))
        expect(sources).toContain(`name: "${job}"`);
      for (const code of valuesOf(queryText(id), /\(line\.code\) == "([^"]+)"/g))
        expect(read("runtime/problem/catalogue.ts")).toContain(`"${code}"`);
    }
  });

  test("every property of a line that one reads is written with its events", () => {
    // What `runtime/telemetry/log.ts` writes with every line.
    const always = ["event", "service"];
    for (const { id } of logAlerts)
      for (const property of valuesOf(queryText(id), /\bline\.(\w+)/g)) {
        if (always.includes(property)) continue;
        expect(sources).toMatch(new RegExp(`\\b${property}\\b`));
      }
  });

  test("the container of the checkpoints is the one that is written to", () => {
    const [container = "none"] = valuesOf(queryText("checkpoint-stopped"), /Uri has "\/([^"]+)\/"/g);
    expect(sources).toContain(`const CONTAINER = "${container}"`);
  });

  test.each(logAlerts)("$id answers with what its alert measures", ({ id, by }) => {
    const query = queryText(id);
    expect(query).toMatch(/^\/\/ .+\.\n/);
    expect(query).toMatch(/\bfound = /);
    if (by) expect(query.split("\n").slice(-2).join(" ") + query).toMatch(new RegExp(`\\b${by}\\b`));
    // Terraform would take these for its own.
    expect(query).not.toMatch(/[$%]\{/);
  });
});

describe("the alerts", () => {
  test("every event that docs/audit-register.md wants an alarm for is in one", () => {
    const section = read("docs/audit-register.md").split("## When something is wrong")[1] ?? "";
    const wanted = valuesOf(section, /^\| `([a-z-]+)`/gm);
    expect(wanted.length).toBeGreaterThan(5);
    const covered = logAlerts.flatMap(({ id }) => eventsOf(id));
    expect(wanted.filter((event) => !covered.includes(event))).toEqual([]);
  });

  test("an event that is logged as an error has an alert, or is counted in the errors of its app", () => {
    const errors = valuesOf(sources, /\blog\(\s*"error",\s*"([^"]+)"/g);
    const covered = logAlerts.flatMap(({ id }) => eventsOf(id));
    expect(errors.filter((event) => !covered.includes(event))).toEqual([]);
  });

  test("the outbox's collection is the one that its metric looks at", () => {
    const alert = alerts.find(({ id }) => id === "outbox-deep");
    const [collection] = (alert?.kind === "metric" ? alert.where?.values : undefined) ?? [];
    expect(read("runtime/audit/outbox.ts")).toContain(`name: "${collection}"`);
  });

  test("each has a section in docs/runbooks.md, and no section is without one", () => {
    const sections = valuesOf(read("docs/runbooks.md"), /^## (.+)$/gm);
    expect(sections).toEqual(alerts.map(({ id }) => id));
  });

  test("each section says what it means, where to look and what to do", () => {
    for (const section of read("docs/runbooks.md").split(/^## /m).slice(1))
      for (const part of ["**Means.**", "**Look at.**", "**Do.**"]) expect(section).toContain(part);
  });

  test("what the register's operators must know is told before anything else", () => {
    expect(alerts.filter(({ severity }) => severity === 0).map(({ id }) => id)).toEqual(["ledger-damaged"]);
  });
});

describe("in the stack", () => {
  test("each alert is there, tells the operators, and leads to its runbook", async () => {
    const { resources } = synthesiseGateway({
      manifest: await readManifest(project),
      generatedDirectory: join(project, "generated"),
    });
    const named = (type: string) => JSON.parse(JSON.stringify(resources(type)));
    const all = (type: string) => Object.keys(resources(type)).map((name) => named(type)[name]);
    const groups = all("monitor_action_group");
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ email_receiver: [{ email_address: "operators@specimen.example" }] });
    expect(groups[0].short_name.length).toBeLessThanOrEqual(12);
    const rules = all("monitor_scheduled_query_rules_alert_v2");
    const both = [...rules, ...all("monitor_metric_alert")];
    for (const { id, severity } of alerts) {
      const found = both.filter(({ description }) => description.endsWith(`docs/runbooks.md#${id}`));
      expect(found.length).toBeGreaterThan(0);
      for (const rule of found) {
        expect(rule).toMatchObject({ severity });
        expect(JSON.stringify(rule.action)).toContain(`docs/runbooks.md#${id}"`);
        expect(JSON.stringify(rule.action)).toContain("azurerm_monitor_action_group.operators.id");
      }
    }
    for (const rule of rules) {
      expect(rule.auto_mitigation_enabled === true && "mute_actions_after_alert_duration" in rule).toBe(
        false,
      );
      expect(rule.criteria[0].query).toBe(queryText(rule.display_name));
    }
  });
});

function eventsOf(id: string): string[] {
  return valuesOf(queryText(id), /\bevent (?:==|in) (\([^)]*\)|"[^"]*")/g)
    .concat(valuesOf(queryText(id), /\bmaxif\(TimeGenerated, event == ("[^"]*")/g))
    .flatMap((list) => valuesOf(list, /"([^"]*)"/g));
}

function valuesOf(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, value = ""]) => value))];
}
