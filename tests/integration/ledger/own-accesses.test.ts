import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { closeOwnAccesses } from "../../../handlers/audit/close-own-accesses.ts";
import { getLatestCheckpoint } from "../../../handlers/audit/get-latest-checkpoint.ts";
import type { AuditContext } from "../../../handlers/audit/context.ts";
import type { Ledger } from "../../../handlers/audit/ledger/open-ledger.ts";
import type { AuditRecord } from "../../../runtime/audit/audit-record.ts";
import { problemOf } from "../../../runtime/testing/caught.ts";
import { fakeClock } from "../../../runtime/testing/fake-clock.ts";
import type { FakeClock } from "../../../runtime/testing/fake-clock.ts";
import { newAccess, openTestLedger, recordOf, startLedgerServer } from "./ledger-fixture.ts";
import type { LedgerServer } from "./ledger-fixture.ts";

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedgerServer();
});
afterAll(() => server.close());

/** An access to the register itself. */
function ownIntent(changes: Partial<AuditRecord> = {}): AuditRecord {
  const { patientId: _patient, ...record } = recordOf(newAccess(), "intent", {
    sourceSystemName: "audit",
    operationId: "listAuditRecords",
    action: "S",
    resource: { type: "auditRecord", operation: "search" },
    ...changes,
  });
  return record;
}

async function registerOf(...records: AuditRecord[]): Promise<{ ledger: Ledger; clock: FakeClock }> {
  const clock = fakeClock();
  const ledger = await openTestLedger(await server.database(), { clock });
  await ledger.append(records);
  return { ledger, clock };
}

const close = (ledger: Ledger, clock: FakeClock) =>
  closeOwnAccesses({
    ...{ service: "audit", ledger, clock, afterMs: 60_000 },
    signal: new AbortController().signal,
  });

describe("accesses to the register whose process has ended", () => {
  it("are closed after a minute as unknown, once", async () => {
    const intent = ownIntent();
    const { ledger, clock } = await registerOf(intent);
    expect(await close(ledger, clock)).toBe(0);
    clock.advance(60_001);
    expect(await close(ledger, clock)).toBe(1);
    expect(await close(ledger, clock)).toBe(0);
    const outcome = await ledger.find(`${intent.accessId}:outcome`);
    expect(outcome).toEqual({
      ...intent,
      id: `${intent.accessId}:outcome`,
      phase: "outcome",
      createdDate: clock.now().toISOString(),
      outcome: { code: 12, error: "interrupted" },
    });
  });

  it("are closed after an hour when they are exports, which take their time", async () => {
    const { ledger, clock } = await registerOf(ownIntent({ action: "X", operationId: "exportAuditRecords" }));
    clock.advance(3_599_000);
    expect(await close(ledger, clock)).toBe(0);
    clock.advance(2_000);
    expect(await close(ledger, clock)).toBe(1);
  });

  it("are left to their own service when they are another's, and to themselves when they have ended", async () => {
    const ended = ownIntent();
    const { ledger, clock } = await registerOf(recordOf(newAccess(), "intent"), ended, {
      ...ended,
      id: `${ended.accessId}:outcome`,
      phase: "outcome",
      outcome: { code: 0, status: 200 },
    });
    clock.advance(60_001);
    expect(await close(ledger, clock)).toBe(0);
  });
});

describe("a register that has no checkpoint yet", () => {
  it("says that there is none", async () => {
    const { ledger } = await registerOf();
    const context = { ledger } as AuditContext;
    const request = { path: {}, query: {}, headers: {}, body: undefined };
    expect((await problemOf(() => getLatestCheckpoint(request, context))).code).toBe("checkpoint-not-found");
  });
});
