import { outboxCollection } from "../../runtime/audit/outbox.ts";
import type { CollectionDeclaration } from "../../runtime/database/collections.ts";
import { leaseCollection } from "../../runtime/jobs/lease.ts";

/** What the Patient service stores. A patient is a partition of its own; so are a patient's tests. */
export const collections = [
  {
    name: "patients",
    resource: "patient",
    shardKey: "_id",
    indexes: [
      { name: "insurance-number", key: { insuranceNumber: 1, _id: 1 } },
      { name: "family-name", key: { lastName: 1, _id: 1 } },
      { name: "post-code", key: { postCode: 1, _id: 1 } },
    ],
  },
  {
    name: "tests",
    resource: "test",
    shardKey: "patientId",
    indexes: [{ name: "patient", key: { patientId: 1, _id: 1 } }],
  },
  outboxCollection,
  leaseCollection,
] as const satisfies readonly CollectionDeclaration[];
