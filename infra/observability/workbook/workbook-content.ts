import { readFileSync } from "node:fs";
import { stableUuid } from "./stable-uuid.ts";
import { tiles } from "./tiles.ts";
import type { ParameterName, Tile } from "./tiles.ts";

/** A workbook as Azure Monitor keeps it. */
export interface WorkbookContent {
  readonly version: "Notebook/1.0";
  readonly $schema: string;
  readonly items: readonly WorkbookItem[];
  readonly fallbackResourceIds: readonly string[];
}

/** 1 is text, 3 the answer of a query, 9 a row of parameters. */
export interface WorkbookItem {
  readonly type: 1 | 3 | 9;
  readonly name: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly customWidth?: string;
  readonly conditionalVisibility?: Readonly<Record<string, string>>;
}

const SCHEMA = "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json";

/**
 * The workbook: text, parameters, and a tile for each query. Every query asks the workspace, whichever resource it is opened at.
 *
 * Source: https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-overview
 * @param workspaceId the id of the Log Analytics workspace
 */
export function workbookContent(workspaceId: string): WorkbookContent {
  const where = { ...LOG_ANALYTICS, crossComponentResources: [workspaceId] };
  return {
    version: "Notebook/1.0",
    $schema: SCHEMA,
    items: [
      { type: 1, name: "text", content: { json: TEXT } },
      {
        type: 9,
        name: "parameters",
        content: {
          version: "KqlParameterItem/1.0",
          style: "pills",
          ...where,
          parameters: [timeRange(), service(where), traceId()],
        },
      },
      ...tiles.map((tile) => tileItem(tile, where)),
    ],
    fallbackResourceIds: ["azure monitor"],
  };
}

/** The query of a tile, or of a parameter: `<id>.kql`. */
export function workbookQuery(id: string): string {
  return readFileSync(new URL(`./${id}.kql`, import.meta.url), "utf8");
}

/** The query whose answers are the choices of the parameter `Service`. */
export const SERVICES = "services";

const TEXT = `## Specimen
From the client to the database, as gateway and apps tell it. With a trace id, such as that of an answer's \`traceparent\`, the first
tile shows all that is known of it. What each alarm wants is in \`docs/runbooks.md\`. Numbers count requests, not rows: where a share
of traces is recorded, each stands for several.`;

const LOG_ANALYTICS = { queryType: 0, resourceType: "microsoft.operationalinsights/workspaces" };
type Where = typeof LOG_ANALYTICS & { readonly crossComponentResources: readonly string[] };

const HOUR_MS = 3_600_000;
const RANGES_MS = [HOUR_MS / 4, HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS];

function timeRange() {
  return {
    ...parameter("TimeRange", "Time", 4),
    isRequired: true,
    value: { durationMs: HOUR_MS },
    typeSettings: { selectableValues: RANGES_MS.map((durationMs) => ({ durationMs })), allowCustom: true },
  };
}

/** All of them is `*`, and so includes those that have sent nothing yet. */
function service(where: Where) {
  return {
    ...parameter("Service", "Service", 2),
    ...where,
    isRequired: true,
    multiSelect: true,
    quote: "'",
    delimiter: ",",
    query: workbookQuery(SERVICES),
    ...IN_TIME_RANGE,
    typeSettings: { additionalResourceOptions: ["value::all"], selectAllValue: "*", showDefault: false },
    value: ["value::all"],
  };
}

function traceId() {
  return { ...parameter("TraceId", "Trace id", 1), isRequired: false, value: "" };
}

function parameter(name: ParameterName, label: string, type: 1 | 2 | 4) {
  return { id: stableUuid(name), version: "KqlParameterItem/1.0", name, label, type };
}

const IN_TIME_RANGE = { timeContextFromParameter: "TimeRange" satisfies ParameterName };

function tileItem({ id, title, shown, width = 100, needs }: Tile, where: Where): WorkbookItem {
  return {
    type: 3,
    name: id,
    content: {
      version: "KqlItem/1.0",
      query: workbookQuery(id),
      size: 0,
      title,
      ...IN_TIME_RANGE,
      ...where,
      visualization: shown,
    },
    customWidth: String(width),
    ...(needs && {
      conditionalVisibility: { parameterName: needs, comparison: "isNotEqualTo", value: "" },
    }),
  };
}
