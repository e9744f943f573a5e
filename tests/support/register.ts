import { AUDITOR_KEY } from "./addresses.ts";
import { clientOf } from "./client.ts";

export interface RegisterRecord {
  readonly id: string;
  readonly phase: string;
  readonly operationId?: string;
  readonly resource: { type: string; id?: string; operation: string };
  readonly actor?: { subscription: string; product?: string };
  readonly traceId?: string;
  readonly requestId?: string;
  readonly patientId?: string;
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
