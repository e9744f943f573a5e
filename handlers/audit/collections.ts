import type { CollectionDeclaration } from "../../runtime/database/collections.ts";

/** What the register stores. Record ids are ordered by time, so each index serves its query newest first. */
export const collections = [
  {
    name: "records",
    shardKey: "_id",
    indexes: [
      { name: "patient", key: { patientId: 1, _id: 1 } },
      { name: "disclosed", key: { "outcome.resources.id": 1, _id: 1 } },
      { name: "resource", key: { "resource.id": 1, _id: 1 } },
      { name: "actor", key: { "actor.subscription": 1, _id: 1 } },
      { name: "operation", key: { operationId: 1, _id: 1 } },
      { name: "trace", key: { traceId: 1, _id: 1 } },
      { name: "created", key: { createdDate: 1, _id: 1 } },
    ],
  },
] as const satisfies readonly CollectionDeclaration[];
