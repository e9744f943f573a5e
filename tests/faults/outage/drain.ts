import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import type { AuditRecord } from "../../../runtime/audit/audit-record.ts";
import { outbox } from "../../../runtime/audit/outbox.ts";
import type { OutboxEntry } from "../../../runtime/audit/outbox.ts";
import type { Parts } from "./start-parts.ts";

/** How a backlog went into the register. */
export interface Drain {
  readonly records: number;
  readonly seconds: number;
  readonly recordsPerSecond: number;
}

const MAX_PUT = 1_000;
/** Whom the accesses are about: as many as a clinic sees in ten minutes. */
const PEOPLE = Array.from({ length: 1_000 }, () => randomUUID());

/**
 * Puts the intents and outcomes of accesses into the outbox, by the outbox's own module.
 * @param records how many: two for each access
 */
export async function fillOutbox({ data }: Pick<Parts, "data">, records: number): Promise<void> {
  const client = await new MongoClient(data.patient.line.uri).connect();
  const target = outbox(client.db("patient"));
  for (let from = 0; from < records; from += MAX_PUT) {
    const accesses = Math.ceil(Math.min(MAX_PUT, records - from) / 2);
    await target.put(Array.from({ length: accesses }, (_, index) => entriesOf(from + index)).flat());
  }
  await client.close();
}

/**
 * Waits until nothing waits in the outbox, as the Patient app's own schedule has it.
 * @param every in milliseconds, how often is asked
 */
export async function measureDrain({ data }: Pick<Parts, "data">, every = 100): Promise<Drain> {
  const entries = data.patient.db.collection("outbox");
  const records = await entries.countDocuments();
  const start = performance.now();
  while ((await entries.countDocuments({}, { limit: 1 })) > 0)
    await new Promise((resolve) => setTimeout(resolve, every));
  const seconds = (performance.now() - start) / 1000;
  return { records, seconds: round(seconds), recordsPerSecond: Math.round(records / seconds) };
}

function entriesOf(moment: number): OutboxEntry[] {
  const accessId = randomUUID();
  const createdDate = new Date(Date.now() - 600_000 + moment).toISOString();
  const patient = { type: "patient", id: PEOPLE[moment % PEOPLE.length] ?? "" };
  const traceId = accessId.replaceAll("-", "");
  const record = (phase: "intent" | "outcome"): AuditRecord => ({
    id: `${accessId}:${phase}`,
    accessId,
    phase,
    createdDate,
    sourceSystemName: "patient",
    operationId: "getPatient",
    action: "R",
    resource: { ...patient, operation: "read" },
    patientId: patient.id,
    actor: { subscription: "outage", product: "partner" },
    traceId,
    requestId: accessId,
    ...(phase === "outcome" && {
      outcome: { code: 0, status: 200, resources: [{ ...patient, version: 1 }] },
    }),
  });
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  return [record("intent"), record("outcome")].map((one) => ({ record: one, traceparent }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
