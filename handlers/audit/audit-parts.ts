import type { Db } from "mongodb";
import type { AppTools } from "../../runtime/app-tools.ts";
import type { AppParts } from "../../runtime/app.ts";
import type { AuditSink } from "../../runtime/audit/audit-sink.ts";
import { auditJobs } from "./audit-jobs.ts";
import type { AuditContext } from "./context.ts";
import { openLedger } from "./ledger/open-ledger.ts";
import type { Ledger } from "./ledger/open-ledger.ts";

/** What the Audit app is made of beside its handlers: one ledger for the process, and what keeps it. */
export function auditParts(tools: AppTools): AppParts<AuditContext> {
  const ledger = ledgerOf(tools);
  return {
    context: async (handlerTools) => ({ ...handlerTools, ledger: await ledger() }),
    audit: ownRegister(ledger),
    jobs: auditJobs(tools, ledger),
  };
}

/** The ledger, opened at first use, and again after a failure and on a new connection. */
function ledgerOf({ database, clock, log, secrets }: AppTools): () => Promise<Ledger> {
  // Its references are in the ledger for good, so this secret is never rotated.
  const subjectKey = secrets.secret("audit-subject-key");
  let opened: { readonly db: Db; readonly ledger: Promise<Ledger> } | undefined;
  return async () => {
    const db = await database.connected();
    if (opened?.db !== db) {
      const ledger = openLedger({ db, clock, log, hashKey: () => subjectKey.value() });
      opened = { db, ledger };
      ledger.catch(() => (opened = undefined));
    }
    return opened.ledger;
  };
}

/** The register records the reading of itself in itself. */
function ownRegister(ledger: () => Promise<Ledger>): AuditSink {
  return {
    async append(record) {
      const { conflicts } = await (await ledger()).append([record]);
      if (conflicts.length > 0) throw new Error("The register holds another record of this id.");
    },
  };
}
