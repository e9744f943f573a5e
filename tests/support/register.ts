import { AUDITOR_KEY } from "./addresses.ts";
import { clientOf } from "./client.ts";
import type { Answer } from "./client.ts";
import { eventually } from "./eventually.ts";

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

const sealed = new Map<string, Promise<string>>();

/** The id of a record that a checkpoint has seen; the same whenever it is asked for. */
export function sealedRecord(gateway: string): Promise<string> {
  const known = sealed.get(gateway) ?? sealRecord(gateway);
  sealed.set(gateway, known);
  return known;
}

async function sealRecord(gateway: string): Promise<string> {
  const [record] = await recordsOf(gateway, { limit: 1 });
  await nextCheckpoint(gateway);
  return record?.id ?? "";
}

/** Resolves when a checkpoint has seen all that is in the register now. @returns it */
export async function nextCheckpoint(gateway: string): Promise<Answer["body"]> {
  const latest = () => clientOf(gateway).call("getLatestCheckpoint", { key: AUDITOR_KEY });
  const before = await latest();
  // The one that is being made has not seen everything; the one after it has.
  const wanted = before.status === 200 ? Number(before.body.sequence) + 2 : 1;
  return eventually(async () => {
    const { status, body } = await latest();
    return status === 200 && body.sequence >= wanted ? body : null;
  });
}
