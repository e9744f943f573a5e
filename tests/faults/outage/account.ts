import { eventually } from "../../support/eventually.ts";
import type { RegisterRecord } from "../../support/register.ts";
import type { Received, Sent } from "./drive.ts";
import type { Parts } from "./start-parts.ts";

type Recorded = Pick<RegisterRecord, "id" | "phase" | "traceId" | "outcome">;

/**
 * The records of the register, as an auditor is given them.
 * @param criteria of the query: all records when absent
 */
export async function registered(
  { audit }: Pick<Parts, "audit">,
  criteria: Readonly<Record<string, string>> = {},
): Promise<Recorded[]> {
  const found: Recorded[] = [];
  const query = new URLSearchParams({ ...criteria, limit: "1000" });
  for (let path: string | undefined = `/audit/records?${query.toString()}`; path !== undefined;) {
    const answer: Response = await fetch(audit.url + path, { headers: { "x-functions-key": audit.key } });
    if (answer.status !== 200) throw new Error(`The register answered ${answer.status}.`);
    found.push(...((await answer.json()) as Recorded[]));
    path = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1];
  }
  return found;
}

/** The records that wait in the outbox, or were buried in it. */
export async function waiting({ data }: Pick<Parts, "data">): Promise<Recorded[]> {
  const entries = await data.patient.db.collection<{ record: Recorded }>("outbox").find().toArray();
  return entries.map(({ record }) => record);
}

/**
 * What is not accounted for: of each answered access the register must know an intent and an outcome with the answer's
 * status; of a request that was refused before its access, one record. A request that could not be recorded is told
 * so, and nothing need be known of it.
 * @returns a line for each answer without its records
 */
export function unaudited(sent: readonly Sent[], records: readonly Recorded[]): string[] {
  const byTrace = Map.groupBy(records, ({ traceId = "" }) => traceId);
  return sent.flatMap(({ traceId, operationId, answer }) => {
    if (!answer || isUnrecorded(answer)) return [];
    const found = byTrace.get(traceId) ?? [];
    const phases = found.map(({ phase }) => phase).sort();
    const statuses = found.flatMap(({ outcome }) => (outcome ? [outcome.status] : []));
    const isWhole = phases.join() === "intent,outcome" || phases.join() === "closed";
    if (isWhole && statuses.join() === String(answer.status)) return [];
    return [`${operationId} ${answer.status} ${answer.code}: ${phases.join()} with ${statuses.join()}`];
  });
}

/** Whether a 503 says that the access was not made because it could not be recorded. */
export function isUnrecorded({ code }: Received): boolean {
  return code === "audit-unavailable";
}

/** Of changes that were answered with "nothing was read or changed": those that a document bears the mark of. */
export async function changedAfterAll(
  { data }: Pick<Parts, "data">,
  sent: readonly Sent[],
): Promise<string[]> {
  const refused = sent.flatMap(({ answer }) =>
    answer && isUnrecorded(answer) && answer.detail.startsWith("Nothing was") ? [answer.requestId] : [],
  );
  const marked = { "accesses.accessId": { $in: refused } };
  const found = await Promise.all(
    ["patients", "tests"].map((name) => data.patient.db.collection(name).find(marked).toArray()),
  );
  return found.flat().map(({ _id }) => String(_id));
}

/** Has the relay run until nothing waits any more. What was buried counts as waiting: nothing is to be. */
export async function drained({ patient, data }: Pick<Parts, "patient" | "data">): Promise<void> {
  const outbox = data.patient.db.collection("outbox");
  let asked = 0;
  await eventually(async () => {
    if ((await outbox.countDocuments({}, { limit: 1 })) === 0) return true;
    // Each run goes on until nothing waits; only one that found the register away has to be followed by another.
    if (asked++ % ASKED_PER_RUN === 0) await patient.run("audit-relay");
    return false;
  });
}

const ASKED_PER_RUN = 100;

/** What the apps have written that somebody has to look at. */
export function alarms({ lines }: Pick<Parts, "lines">): string[] {
  return lines.filter((line) => ALARMS.some((event) => line.includes(`"event":"${event}"`)));
}

const ALARMS = [
  "audit-record-conflict",
  "record-refused-by-register",
  "ledger-history-changed",
  "ledger-entry-unreadable",
  "checkpoint-forked",
  "reply-breaks-contract",
];

/** How many answers there were of each kind. */
export function tally(sent: readonly Sent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { answer } of sent) {
    const kind = answer ? `${answer.status} ${answer.code}`.trim() : "no answer";
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
