import type { AuditSink } from "../../runtime/audit/audit-sink.ts";
import type { Database } from "../../runtime/database/database.ts";
import { recordStore } from "./record-store.ts";

/** The register records the reading of itself in itself. */
export function ownRegister(database: Database): AuditSink {
  return {
    async append(record) {
      const { resource, actor, search, outcome, ...rest } = record;
      await recordStore(await database.connected()).append([
        {
          ...rest,
          resource: { ...resource },
          actor: { ...actor },
          ...(search && { search: [...search] }),
          ...(outcome && { outcome: { ...outcome, resources: [...(outcome.resources ?? [])] } }),
        },
      ]);
    },
  };
}
