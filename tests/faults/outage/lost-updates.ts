import { somebody } from "../../support/people.ts";
import { driver } from "./drive.ts";
import type { Driver } from "./drive.ts";
import type { OutageApp } from "./outage-app.ts";
import type { Parts } from "./start-parts.ts";

export interface LostUpdatesOptions {
  readonly clients: number;
  /** Acknowledged updates that each client makes. */
  readonly updates: number;
  /** How many patients they share, each client with one. With one alone, each round lets one client through. Default: 1. */
  readonly patients?: number;
  /** Ends it earlier, in milliseconds. */
  readonly forMs?: number;
  /** The processes that the clients ask, in turn. */
  readonly apps: readonly OutageApp[];
}

/** What promise 3 is judged by: as many updates are stored as were acknowledged. */
export interface LostUpdates {
  readonly acknowledged: number;
  /** What the versions of the patients have grown by. */
  readonly stored: number;
  /** Updates that were told that they have lost a race (412). */
  readonly lostRaces: number;
  /** Answers that leave open whether the update was made (5xx, or none): 0 unless something is at fault. */
  readonly unknown: number;
  /** How many answers there were of other statuses. */
  readonly unexpected: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Has clients update patients by compare-and-swap: read, change, write with `If-Match`, and again when somebody was faster. */
export async function lostUpdates(
  { data }: Pick<Parts, "data">,
  { clients, updates, patients = 1, forMs = Infinity, apps }: LostUpdatesOptions,
): Promise<LostUpdates> {
  const drivers = await Promise.all(apps.map((app) => driver(app, clients)));
  const ids = await Promise.all(Array.from({ length: patients }, () => created(drivers[0])));
  const counts = { acknowledged: 0, lostRaces: 0, unknown: 0 };
  const unexpected: Record<string, number> = {};
  const count = (status: number): void => {
    if (status === 200) counts.acknowledged++;
    else if (status === 412) counts.lostRaces++;
    else if (status === 0 || status >= 500) counts.unknown++;
    else unexpected[status] = (unexpected[status] ?? 0) + 1;
  };
  const start = performance.now();
  const work = async (client: number): Promise<void> => {
    const asks = drivers[client % drivers.length];
    const path = `/patient/${ids[client % patients] ?? ""}`;
    for (let made = 0; asks && made < updates && performance.now() - start < forMs;) {
      const status = await update(asks, path);
      if (status === undefined) continue;
      count(status);
      if (status === 200) made++;
      // What was sent is not looked at, and is much.
      asks.forget();
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const collection = data.patient.db.collection<{ _id: string; version: number }>("patients");
  const found = await collection.find({ _id: { $in: ids } }).toArray();
  const stored = found.reduce((sum, { version }) => sum + version - 1, 0);
  await Promise.all(drivers.map((one) => one.close()));
  return { ...counts, stored, unexpected, seconds };
}

/** @returns the status of the update, 0 when there was none; `undefined` when the patient could not be read */
async function update({ ask }: Driver, path: string): Promise<number | undefined> {
  const etag = (await ask("getPatient", { method: "GET", path })).answer?.etag;
  if (etag === undefined) return undefined;
  const headers = { "if-match": etag };
  const { answer } = await ask("updatePatient", { method: "PUT", path, body: somebody(), headers });
  return answer?.status ?? 0;
}

async function created(made: Driver | undefined): Promise<string> {
  const sent = await made?.ask("createPatient", { method: "POST", path: "/patient", body: somebody() });
  if (sent?.answer?.status !== 201) throw new Error("No patient was made.");
  return sent.answer.id;
}
