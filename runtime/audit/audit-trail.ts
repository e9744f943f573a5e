import type { AppTools } from "../app-tools.ts";
import type { CollectionDeclaration } from "../database/collections.ts";
import type { Job } from "../jobs/job.ts";
import { auditClient } from "./audit-client.ts";
import type { AuditSink } from "./audit-sink.ts";
import { httpAuditSink } from "./http-audit-sink.ts";
import { outbox } from "./outbox.ts";
import { outboxSink } from "./outbox-sink.ts";
import { reconcile } from "./reconciler.ts";
import { relay, waitedSeconds } from "./relay.ts";
import { resolveChange } from "./resolve-change.ts";
import { sinkWithFallback } from "./sink-with-fallback.ts";

/** How an app records its accesses: where records go, and what is done later for those that could not go there. */
export interface AuditTrail {
  readonly sink: AuditSink;
  readonly jobs: readonly Job[];
}

const CONNECTIONS = 4;
const RELAY_CONNECTIONS = 8;
/** For how long after a failure records go straight to the outbox. */
const PAUSE_MS = 1_000;
const JOB_MS = 30_000;
/** How long the register may take for a batch that nobody waits for. */
const BATCH_MS = 5_000;
/** An access without an outcome is given up after this: host and gateway end every request well before. */
const INTERRUPTED_AFTER_MS = 60_000;

/**
 * Records with the Audit API; in the outbox when that does not answer in time. Settings: `AUDIT_URL`, and optionally
 * `AUDIT_TIMEOUT_MS` (150), `OUTBOX_TIMEOUT_MS` (2000) and `AUDIT_INTERRUPTED_AFTER_MS` (60000).
 * @throws {ConfigurationError}
 */
export function auditTrail(
  { service, settings, secrets, database, clock, log, telemetry: { meter } }: AppTools,
  collections: readonly CollectionDeclaration[],
): AuditTrail {
  const timeoutMs = settings.integer("AUDIT_TIMEOUT_MS", 150, 1);
  const afterMs = settings.integer("AUDIT_INTERRUPTED_AFTER_MS", INTERRUPTED_AFTER_MS, 1);
  const register = {
    url: settings.url("AUDIT_URL"),
    key: secrets.secret("audit-host-key"),
    connectTimeoutMs: timeoutMs,
  };
  const first = httpAuditSink({
    client: auditClient({ ...register, connections: CONNECTIONS }),
    concurrency: CONNECTIONS,
    timeoutMs,
    meter,
  });
  const second = outboxSink({
    outbox: async () => outbox(await database.connected()),
    timeoutMs: settings.integer("OUTBOX_TIMEOUT_MS", 2_000, 1),
    meter,
  });
  // Connections of their own: what was left undone must not get in the way of what is asked now.
  const client = auditClient({ ...register, connections: RELAY_CONNECTIONS });
  const resources = collectionsByResource(collections);
  const jobs: Job[] = [
    {
      name: "audit-relay",
      schedule: "*/5 * * * * *",
      forMs: JOB_MS,
      run: async (db, signal) => {
        const waiting = outbox(db);
        const relayed = await relay({ outbox: waiting, client, log, timeoutMs: BATCH_MS, signal });
        const waited = await waitedSeconds(waiting, clock);
        meter.record("specimen.outbox.depth", waited === 0 ? 0 : await waiting.depth());
        meter.record("specimen.outbox.waited", waited);
        return { relayed, waitedSeconds: waited };
      },
    },
    {
      name: "audit-reconciler",
      schedule: "*/15 * * * * *",
      forMs: JOB_MS,
      run: async (db, signal) => ({
        closed: await reconcile({
          ...{ service, client, clock, afterMs, signal },
          outbox: outbox(db),
          resolve: (intent) => resolveChange(intent, db, resources),
          timeoutMs: BATCH_MS,
        }),
      }),
    },
  ];
  return { sink: sinkWithFallback({ first, second, log, pauseMs: PAUSE_MS }), jobs };
}

function collectionsByResource(collections: readonly CollectionDeclaration[]): Record<string, string> {
  return Object.fromEntries(
    collections.flatMap(({ name, resource }) => (resource === undefined ? [] : [[resource, name]])),
  );
}
