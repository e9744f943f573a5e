import type { AppTools } from "../../runtime/app-tools.ts";
import type { Job } from "../../runtime/jobs/job.ts";
import { STORAGE_SCOPE, VAULT_SCOPE } from "../../runtime/secrets/managed-identity.ts";
import { closeOwnAccesses } from "./close-own-accesses.ts";
import { blobPublisher } from "./ledger/checkpoint-publisher.ts";
import { keyVaultSigner } from "./ledger/key-vault-signer.ts";
import type { Ledger } from "./ledger/open-ledger.ts";

const SIGNING_KEY = "audit-signing-key";
const CONTAINER = "checkpoints";

/** An access to the register without an outcome is given up after this, as others are. */
const INTERRUPTED_AFTER_MS = 60_000;

/**
 * What the Audit app does by itself. A checkpoint is made at least every ten seconds, so one is tried every five. Settings:
 * `KEY_VAULT_URL`, `CHECKPOINT_STORAGE_URL`, and optionally `AUDIT_INTERRUPTED_AFTER_MS` (60000).
 * @throws {ConfigurationError}
 */
export function auditJobs(
  { settings, clock, service, tokenOf }: AppTools,
  ledger: () => Promise<Ledger>,
): readonly Job[] {
  const afterMs = settings.integer("AUDIT_INTERRUPTED_AFTER_MS", INTERRUPTED_AFTER_MS, 1);
  const signer = keyVaultSigner({
    url: settings.url("KEY_VAULT_URL"),
    name: SIGNING_KEY,
    token: tokenOf(VAULT_SCOPE),
  });
  const storage = settings.url("CHECKPOINT_STORAGE_URL");
  const publisher = blobPublisher({
    url: `${storage}/${CONTAINER}`,
    token: tokenOf(STORAGE_SCOPE),
  });
  return [
    {
      name: "audit-checkpoint",
      schedule: "*/5 * * * * *",
      // Shorter than its interval: one that a killed process was to make is made at the next time.
      forMs: 4_000,
      // One every five seconds is no news; that one could not be made is, and the run fails then.
      run: async (_db, signal) => {
        await (await ledger()).makeCheckpoint(signer, publisher, signal);
        return {};
      },
    },
    {
      name: "audit-catch-up",
      schedule: "*/30 * * * * *",
      forMs: 60_000,
      run: async (_db, signal) => ({ projected: await (await ledger()).catchUp(signal) }),
    },
    {
      name: "audit-reconciler",
      schedule: "*/15 * * * * *",
      forMs: 30_000,
      run: async (_db, signal) => ({
        closed: await closeOwnAccesses({ service, ledger: await ledger(), clock, afterMs, signal }),
      }),
    },
  ];
}
