import path from "node:path";
import { patient } from "./document.ts";
import { measureAppends } from "./measure-appends.ts";
import type { AppendRate } from "./measure-appends.ts";
import { measureServers } from "./measure-servers.ts";
import type { Measurement, Subject } from "./measure-servers.ts";
import { startInstantRegister, startWholePlatform } from "./start-servers.ts";
import type { Server } from "./start-servers.ts";

/** What auditing costs. */
export interface AuditCost {
  /** The operations with the register, compared with the same where the register answers at once. */
  latencies: Measurement[];
  /** What one process of the Audit app takes. */
  appends: AppendRate;
}

const KEY = { "ocp-apim-subscription-key": "local-partner-key" };
const JSON_BODY = { "content-type": "application/json" };

/**
 * Measures two platforms in turn that differ in the register alone: one has its own, the other's answers at once.
 *
 * @throws Error when a platform does not start, or answers with anything but 2xx
 */
export async function measureAudit(
  directory: string,
  rounds: number,
  milliseconds: number,
): Promise<AuditCost> {
  const servers: Server[] = [];
  const start = async <Started extends Server>(starting: Promise<Started>): Promise<Started> => {
    const server = await starting;
    servers.push(server);
    return server;
  };
  try {
    const instant = await start(startInstantRegister());
    const without = await start(
      startWholePlatform(path.join(directory, "instant"), { SPECIMEN_AUDIT_URL: instant.url }),
    );
    const state = path.join(directory, "audited");
    const audited = await start(startWholePlatform(state));
    const subjects = [1, 32].flatMap((connections) => subjectsOf(without, audited, connections));
    for (const server of [without, audited]) await createPatient(server, subjects);
    const latencies = await measureServers(subjects, rounds, milliseconds);
    return { latencies, appends: await measureAppends(audited, state, rounds, milliseconds) };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function subjectsOf(without: Server, audited: Server, connections: number): Subject[] {
  const times = connections === 1 ? "one connection" : `${connections} connections`;
  const body = JSON.stringify(patient);
  const read = { method: "GET", headers: KEY };
  const write = { method: "POST", headers: { ...KEY, ...JSON_BODY }, body };
  return [read, write].flatMap((request) => {
    const name = `${request.method} patient, ${times}`;
    const compared = `${name}, register answers at once`;
    const of = (subject: string, { url, processId }: Server): Subject => ({
      ...{ name: subject, processId, comparedWith: compared, connections },
      request: { ...request, url: `${url}/patient` },
    });
    return [of(compared, without), of(name, audited)];
  });
}

/** Gives the reads of a platform a patient of its own. */
async function createPatient(server: Server, subjects: Subject[]): Promise<void> {
  const response = await fetch(`${server.url}/patient`, {
    method: "POST",
    headers: { ...KEY, ...JSON_BODY },
    body: JSON.stringify(patient),
  });
  const { id } = (await response.json()) as { id?: string };
  if (id === undefined) throw new Error(`A platform answered ${response.status} to a new patient.`);
  for (const subject of subjects)
    if (subject.processId === server.processId && subject.request.method === "GET")
      subject.request = { ...subject.request, url: `${server.url}/patient/${id}` };
}
