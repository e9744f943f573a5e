import type { Alert } from "../../observability/alert.ts";
import { alerts } from "../../observability/alerts.ts";
import { queryText } from "../../observability/log-alert.ts";
import type { CheckContext } from "../check-context.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block, StackIndex } from "../stack-index.ts";
import { valuesAt } from "../values-at.ts";

const CHECK = "invariants/alerts";
const LOG = "azurerm_monitor_scheduled_query_rules_alert_v2";
const METRIC = "azurerm_monitor_metric_alert";

/** That every alert of the table is raised as it says, on what it says, and no other is. */
export function checkAlerts({ index, environment, manifest }: CheckContext): StackFinding[] {
  const { prefix } = environment.azure;
  const base = `${prefix}-${environment.name}-`;
  const databases = manifest.apis.map(({ name }) => `-${name}`);
  const wanted = alerts.flatMap((alert) => {
    const suffixes = alert.kind === "metric" && alert.of === "databases" ? databases : [""];
    return suffixes.map((suffix) => ({ alert, suffix, name: `${base}${alert.id}${suffix}` }));
  });
  const blocks = index.resources(LOG, METRIC);
  const nameOf = ({ stack, body }: Block) => index.text(stack, body.name);
  const lacking = wanted
    .filter(({ name }) => blocks.filter((block) => nameOf(block) === name).length !== 1)
    .map(({ name, alert }) => ({
      check: CHECK,
      stack: "gateway" as const,
      address: alert.kind === "log" ? LOG : METRIC,
      message: `there is not exactly one alert "${name}"`,
    }));
  const wrong = blocks.flatMap((block) => {
    const own = wanted.find(({ name }) => name === nameOf(block));
    if (!own) return [at(block, `no alert of the table has the name "${nameOf(block) ?? ""}"`)];
    return [...alertFaults(block, own.alert), ...scopeFaults(index, block, own.suffix)].map((message) =>
      at(block, message),
    );
  });
  return [...lacking, ...wrong];
}

function alertFaults({ body }: Block, alert: Alert): string[] {
  const runbook = `docs/runbooks.md#${alert.id}`;
  const ofMetric =
    alert.kind === "metric"
      ? {
          window_size: alert.window,
          frequency: alert.every,
          "criteria.metric_name": alert.metric,
          "criteria.metric_namespace":
            alert.of === "gateway"
              ? "Microsoft.ApiManagement/service"
              : "Microsoft.DocumentDB/databaseAccounts",
          "criteria.aggregation": alert.aggregation,
          "criteria.dimension.name": alert.where?.dimension,
          "criteria.dimension.values": alert.where?.values.join(),
          "action.webhook_properties.runbook": runbook,
        }
      : {
          window_duration: alert.window,
          evaluation_frequency: alert.every,
          "criteria.query": queryText(alert.id),
          "criteria.dimension.name": alert.by,
          auto_mitigation_enabled: alert.is === "state",
          mute_actions_after_alert_duration: alert.is === "state" ? undefined : "PT1H",
          "action.custom_properties.runbook": runbook,
        };
  const expected: Readonly<Record<string, string | number | boolean | undefined>> = {
    severity: alert.severity,
    "criteria.threshold": alert.threshold,
    description: `${alert.means} What to do: ${runbook}`,
    ...ofMetric,
  };
  return Object.entries(expected)
    .map(([path, value]) => ({ path, value, given: valuesAt(body, path.split(".")).flat().join() }))
    .filter(({ value, given }) => given !== (value === undefined ? "" : String(value)))
    .map(
      ({ path, value, given }) =>
        `${path} is ${JSON.stringify(given)}, the table says ${JSON.stringify(value)}`,
    );
}

/** Each of its own resource, which its name ends with. */
function scopeFaults(index: StackIndex, block: Block, suffix: string): string[] {
  if (suffix === "") return [];
  const [scope] = valuesAt(block.body, ["scopes"]).flat();
  const target = index.target(block.stack, scope)?.block;
  const name = target && index.text(target.stack, target.body.name);
  return name?.endsWith(suffix)
    ? []
    : [`scopes leads to ${name ?? "nothing known"}, expected the one of ${suffix.slice(1)}`];
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
