import type { AuditSink } from "../../runtime/audit/audit-sink.ts";
import type { Database } from "../../runtime/database/database.ts";
import { recordStore } from "./record-store.ts";

/** The register records the reading of itself in itself. */
export function ownRegister(database: Database): AuditSink {
  return {
    async append(record) {
      await recordStore(await database.connected()).append([record]);
    },
  };
}
