import { describe, expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { dev } from "../../../environments/dev.ts";
import { prod } from "../../../environments/prod.ts";
import { checkCounting } from "../kql/check-counting.ts";
import { checkNames } from "../kql/check-names.ts";
import { checkQuery } from "../kql/check-query.ts";
import { checkTimes } from "../kql/check-times.ts";
import { knownNames } from "../testing/known-names.ts";
import { tiles } from "./tiles.ts";
import { SERVICES, workbookContent, workbookQuery } from "./workbook-content.ts";
import { workbookName } from "./workbook.ts";

const PARAMETERS = ["TimeRange", "Service", "TraceId"];
const WORKSPACE = "/subscriptions/a/resourceGroups/b/providers/Microsoft.OperationalInsights/workspaces/c";
const workbook = workbookContent(WORKSPACE);
const ids = [...tiles.map(({ id }) => id), SERVICES];

describe("the queries", () => {
  test("each tile has one, and each is shown", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".kql"));
    expect(files.sort()).toEqual(ids.map((id) => `${id}.kql`).sort());
  });

  test.each(ids)("%s is one that Log Analytics can read, about what there is", (id) => {
    const query = workbookQuery(id);
    expect(query).toMatch(/^(\/\/ .+\n)*\/\/ .+\.\n/);
    expect(checkQuery(query, PARAMETERS).size).toBeGreaterThan(0);
    expect(checkNames(query, knownNames)).toEqual([]);
    expect(checkCounting(query)).toEqual([]);
    // The page's parameter says how far back.
    expect(checkTimes(query, 0)).toEqual([]);
    // Terraform would take these for its own.
    expect(query).not.toMatch(/[$%]\{/);
  });

  test("a time chart has a time", () => {
    for (const { id, shown } of tiles)
      if (shown === "timechart") expect(checkQuery(workbookQuery(id), PARAMETERS)).toContain("TimeGenerated");
  });

  test("each metric is on a tile, but for what is never to happen", () => {
    const shown = ids.map(workbookQuery).join();
    expect(knownNames.metrics.length).toBeGreaterThan(3);
    expect(knownNames.metrics.filter((name) => !shown.includes(`"${name}"`))).toEqual([
      "specimen.telemetry.left_out",
    ]);
  });
});

describe("the content", () => {
  const of = (type: number) => workbook.items.filter((item) => item.type === type);

  test("is a workbook of text, parameters and queries", () => {
    expect(workbook).toMatchObject({ version: "Notebook/1.0", fallbackResourceIds: ["azure monitor"] });
    expect(workbook.items.map(({ type }) => type)).toEqual([1, 9, ...tiles.map(() => 3)]);
    expect(new Set(workbook.items.map(({ name }) => name)).size).toBe(workbook.items.length);
    expect(JSON.parse(JSON.stringify(workbook))).toEqual(workbook);
  });

  test("has the parameters that its queries name", () => {
    const [{ content } = { content: {} }] = of(9);
    expect(content).toMatchObject({
      version: "KqlParameterItem/1.0",
      parameters: PARAMETERS.map((name) => ({
        name,
        version: "KqlParameterItem/1.0",
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      })),
    });
    expect(content).toMatchObject({
      parameters: [
        { type: 4, isRequired: true, value: { durationMs: 3_600_000 } },
        { type: 2, multiSelect: true, quote: "'", delimiter: ",", query: workbookQuery(SERVICES) },
        { type: 1, isRequired: false },
      ],
    });
  });

  test("asks the workspace, in the time that is chosen", () => {
    for (const { name, content } of of(3)) {
      expect(content).toMatchObject({
        version: "KqlItem/1.0",
        query: workbookQuery(name),
        timeContextFromParameter: "TimeRange",
        queryType: 0,
        resourceType: "microsoft.operationalinsights/workspaces",
        crossComponentResources: [WORKSPACE],
      });
      expect(["table", "timechart"]).toContain(content.visualization);
    }
  });

  test("shows one trace when there is one to show", () => {
    expect(workbook.items.filter((item) => item.conditionalVisibility)).toMatchObject([
      {
        name: "transaction",
        conditionalVisibility: { parameterName: "TraceId", comparison: "isNotEqualTo", value: "" },
      },
    ]);
  });
});

test("each environment's has a name of its own, always the same", () => {
  expect(workbookName(prod)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(workbookName(prod)).toBe(workbookName({ ...prod }));
  expect(workbookName(prod)).not.toBe(workbookName(dev));
});
