import { describe, expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "../manifest.ts";
import { synthesiseGateway } from "../gateway/testing/synthesise-gateway.ts";
import { alerts } from "./alerts.ts";
import { checkCounting } from "./kql/check-counting.ts";
import { checkNames, namesOfKind } from "./kql/check-names.ts";
import { checkQuery } from "./kql/check-query.ts";
import { checkTimes, secondsOf } from "./kql/check-times.ts";
import { queryText } from "./log-alert.ts";
import { knownNames, sources, textOf, valuesOf } from "./testing/known-names.ts";

const project = join(import.meta.dirname, "../..");
const logAlerts = alerts.flatMap((alert) => (alert.kind === "log" ? [alert] : []));

describe("the queries", () => {
  test("each log alert has one, and there are no others", () => {
    const files = readdirSync(join(import.meta.dirname, "queries")).sort();
    expect(files).toEqual(logAlerts.map(({ id }) => `${id}.kql`).sort());
  });

  test("the sources give names of every kind", () => {
    expect(knownNames.metrics).toContain("specimen.audit.duration");
    expect([...knownNames.dimensions].sort()).toEqual(["operation", "rule", "sink"]);
    expect(knownNames.attributes).toContain("specimen.job");
    expect(knownNames.events).toContain("register-away");
    expect([...knownNames.jobs].sort()).toEqual([
      "audit-catch-up",
      "audit-checkpoint",
      "audit-reconciler",
      "audit-relay",
    ]);
    expect(knownNames.codes).toContain("audit-unavailable");
  });

  test.each(logAlerts)(
    "$id is one that Log Analytics can read, about what there is",
    ({ id, by, window }) => {
      const query = queryText(id);
      const columns = checkQuery(query);
      expect(columns).toContain("found");
      if (by) expect(columns).toContain(by);
      expect(checkNames(query, knownNames)).toEqual([]);
      expect(checkCounting(query)).toEqual([]);
      expect(checkTimes(query, secondsOf(window) + 1)).toEqual([]);
    },
  );

  test("every job is missed when it stops", () => {
    expect(namesOfKind(queryText("jobs-stopped"), "jobs").sort()).toEqual([...knownNames.jobs].sort());
  });

  test("an alarm reads lines of the level info: no environment may leave them out", () => {
    const info = valuesOf(sources, /\blog\(\s*"info",\s*"([^"]+)"/g);
    expect(logAlerts.flatMap(({ id }) => eventsOf(id)).filter((event) => info.includes(event))).toContain(
      "job-done",
    );
  });

  test("the container of the checkpoints is the one that is written to", () => {
    const [container = "none"] = valuesOf(queryText("checkpoint-stopped"), /Uri has "\/([^"]+)\/"/g);
    expect(sources).toContain(`const CONTAINER = "${container}"`);
  });

  test.each(logAlerts)("$id says what it finds, and nothing to Terraform", ({ id }) => {
    const query = queryText(id);
    expect(query).toMatch(/^(\/\/ .+\n)*\/\/ .+\.\n/);
    // Terraform would take these for its own.
    expect(query).not.toMatch(/[$%]\{/);
  });
});

describe("the alerts", () => {
  test("every event that docs/audit-register.md wants an alarm for is in one", () => {
    const section = textOf("docs/audit-register.md").split("## When something is wrong")[1] ?? "";
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

  test("each has a section in docs/runbooks.md, and no section is without one", () => {
    const sections = valuesOf(textOf("docs/runbooks.md"), /^## (.+)$/gm);
    expect(sections).toEqual(alerts.map(({ id }) => id));
  });

  test("each section says what it means, where to look and what to do", () => {
    for (const section of textOf("docs/runbooks.md").split(/^## /m).slice(1))
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
  return namesOfKind(queryText(id), "events");
}
