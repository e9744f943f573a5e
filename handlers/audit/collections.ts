import type { CollectionDeclaration } from "../../runtime/database/collections.ts";
import { leaseCollection } from "../../runtime/jobs/lease.ts";
import { checkpointCollection } from "./ledger/checkpoint-store.ts";
import { originCollection } from "./ledger/ledger-origin.ts";
import { openCollection } from "./ledger/open-accesses.ts";
import { recordCollection } from "./ledger/projected-record.ts";
import { progressCollection } from "./ledger/projection.ts";
import { batchCollection } from "./ledger/stored-batch.ts";
import { subjectKeyCollection } from "./ledger/subject-keys.ts";

/** What the register stores: the ledger, its checkpoints and keys, and what is made from the ledger for queries. */
export const collections = [
  originCollection,
  batchCollection,
  checkpointCollection,
  subjectKeyCollection,
  recordCollection,
  openCollection,
  progressCollection,
  leaseCollection,
] as const satisfies readonly CollectionDeclaration[];
