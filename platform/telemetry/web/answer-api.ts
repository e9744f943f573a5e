import { parseTraceId, TRACE_ID_EXPECTED } from "../parse-trace-id.ts";
import type { TelemetryStore } from "../store/telemetry-store.ts";
import { buildTrace } from "../views/build-trace.ts";
import { groupFailures } from "../views/group-failures.ts";
import { listRequests, type RequestFilter } from "../views/list-requests.ts";
import { mapDependencies } from "../views/map-dependencies.ts";
import { summarizeMetrics } from "../views/summarize-metrics.ts";
import { json, problem, type Answer } from "./answer.ts";

/**
 * Answers a request for what is known, as JSON. Each answer says how many envelopes are `stored` and how many, older ones,
 * were `dropped`.
 *
 * @param resource what stands after `/telemetry/api/`
 */
export async function answerApi(
  resource: string,
  query: URLSearchParams,
  store: TelemetryStore,
): Promise<Answer> {
  const [name = "", argument, ...rest] = resource.split("/");
  if (name === "transactions" && rest.length === 0) return answerTransaction(argument ?? "", store);
  if (name === "requests" && argument === undefined) return answerRequests(query, store);
  const view = argument === undefined ? VIEWS.get(name) : undefined;
  if (!view) return problem(404, "There is no such resource.");
  return json({ ...view(await store.read()), ...fill(store) });
}

type Reading = Awaited<ReturnType<TelemetryStore["read"]>>;

const VIEWS: ReadonlyMap<string, (reading: Reading) => object> = new Map<
  string,
  (reading: Reading) => object
>([
  ["failures", ({ items }) => ({ failures: groupFailures(items) })],
  ["map", ({ items }) => mapDependencies(items)],
  ["metrics", ({ items }) => ({ metrics: summarizeMetrics(items) })],
]);

async function answerTransaction(given: string, store: TelemetryStore): Promise<Answer> {
  const traceId = parseTraceId(given);
  if (traceId === undefined) return problem(400, `Expected ${TRACE_ID_EXPECTED}.`);
  const trace = buildTrace((await store.read()).items, traceId);
  if (trace) return json({ ...trace, ...fill(store) });
  const { dropped } = store;
  const reason = dropped > 0 ? `, or it is among the ${dropped} older items that were dropped` : "";
  return problem(404, `Nothing is known of this trace. It may not have arrived yet${reason}.`);
}

async function answerRequests(query: URLSearchParams, store: TelemetryStore): Promise<Answer> {
  const filter = readFilter(query);
  if (!filter) return problem(400, `Expected limit from 1 to ${MAX_LIMIT}, failed true or false.`);
  return json({ requests: listRequests((await store.read()).items, filter), ...fill(store) });
}

const MAX_LIMIT = 1000;

function readFilter(query: URLSearchParams): RequestFilter | undefined {
  const limit = Number(query.get("limit") ?? "100");
  const service = query.get("service") ?? "";
  const failed = query.get("failed") ?? "";
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) return undefined;
  if (!["", "true", "false"].includes(failed)) return undefined;
  return { limit, ...(service && { service }), ...(failed && { failed: failed === "true" }) };
}

function fill({ size: stored, dropped }: TelemetryStore): { stored: number; dropped: number } {
  return { stored, dropped };
}
