import { AUDITOR_KEY } from "./addresses.ts";
import { clientOf, request } from "./client.ts";
import type { Answer } from "./client.ts";
import { eventually } from "./eventually.ts";
import type { PlatformAddresses } from "./start-test-platform.ts";

export interface RegisterRecord {
  readonly id: string;
  readonly phase: string;
  readonly operationId?: string;
  readonly resource: { type: string; id?: string; operation: string };
  readonly actor?: { subscription: string; product?: string };
  readonly traceId?: string;
  readonly requestId?: string;
  readonly patientId?: string;
  readonly purpose?: string;
  readonly search?: { field: string; hash: string }[];
  readonly outcome?: {
    code: number;
    status: number;
    error?: string;
    resources?: { id: string; type: string }[];
  };
}

/** Asks the register, as an auditor does. Newest first. */
export async function recordsOf(
  gateway: string,
  query: Readonly<Record<string, string | number>>,
): Promise<RegisterRecord[]> {
  const { status, body } = await clientOf(gateway).call("listAuditRecords", { query, key: AUDITOR_KEY });
  if (status !== 200) throw new Error(`The register answered ${status}.`);
  return body as RegisterRecord[];
}

/** Every page of the register, as it was sent. */
export async function wholeRegister(gateway: string): Promise<string[]> {
  const { call, next } = clientOf(gateway);
  const key = AUDITOR_KEY;
  const pages: string[] = [];
  let page: Answer | null = await call("listAuditRecords", { key, query: { limit: 1000 } });
  for (; page; page = await next("listAuditRecords", page, { key })) {
    if (page.status !== 200) throw new Error(`The register answered ${page.status}.`);
    pages.push(page.text);
  }
  return pages;
}

type Register = Pick<PlatformAddresses, "gateway" | "apps" | "keys">;

const sealed = new Map<string, Promise<string>>();

/** The id of a record that a checkpoint has seen; the same whenever it is asked for. */
export function sealedRecord(platform: Register): Promise<string> {
  const known = sealed.get(platform.gateway) ?? sealRecord(platform);
  sealed.set(platform.gateway, known);
  return known;
}

async function sealRecord(platform: Register): Promise<string> {
  const [record] = await recordsOf(platform.gateway, { limit: 1 });
  await nextCheckpoint(platform);
  return record?.id ?? "";
}

/** Has a checkpoint made that has seen all that is in the register now. @returns it */
export async function nextCheckpoint(platform: Register): Promise<Answer["body"]> {
  const before = await latestCheckpoint(platform);
  const sequence = before.status === 200 ? Number(before.body.sequence) : -1;
  // One that is being made just now may not have seen everything; the one after it has.
  await makeCheckpoint(platform, sequence + 1);
  return makeCheckpoint(platform, sequence + 2);
}

function latestCheckpoint({ gateway }: Register): Promise<Answer> {
  return clientOf(gateway).call("getLatestCheckpoint", { key: AUDITOR_KEY });
}

/** Runs the job by hand, as an operator does, instead of waiting for its time; again when it was at it already. */
async function makeCheckpoint(platform: Register, atLeast: number): Promise<Answer["body"]> {
  const { apps, keys } = platform;
  const url = `${apps.audit ?? ""}/admin/functions/audit-checkpoint`;
  const headers = { "x-functions-key": keys.audit?.hostKeys._master ?? "" };
  return eventually(async () => {
    const { status } = await request("POST", url, { key: null, headers, body: {} });
    if (status !== 202) throw new Error(`A checkpoint could not be asked for: ${status}.`);
    const latest = await latestCheckpoint(platform);
    return latest.status === 200 && latest.body.sequence >= atLeast ? latest.body : null;
  });
}
