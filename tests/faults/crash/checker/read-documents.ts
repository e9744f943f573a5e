import type { AccessMark } from "../../../../runtime/database/access-marks.ts";
import type { World } from "../parts/start-world.ts";

/** A stored patient or test, as far as the check needs it. */
export interface StoredDocument {
  readonly _id: string;
  readonly type: "patient" | "test";
  readonly version: number;
  readonly deletedAt?: Date;
  /** Of a test. */
  readonly patientId?: string;
  /** What only the request wrote that made this version. */
  readonly label?: string;
  readonly accesses: readonly AccessMark[];
}

type Stored = Omit<StoredDocument, "type" | "label"> & {
  readonly fullName?: string;
  readonly orderReference?: string;
};

/** Everything that the Patient app has stored, by id. */
export async function readDocuments({ databases }: World): Promise<ReadonlyMap<string, StoredDocument>> {
  const { db } = databases.patient;
  const [patients, tests] = await Promise.all([
    db.collection<Stored>("patients").find({}).toArray(),
    db.collection<Stored>("tests").find({}).toArray(),
  ]);
  const documents = [
    ...patients.map((one) => documentOf("patient", one, one.fullName)),
    ...tests.map((one) => documentOf("test", one, one.orderReference)),
  ];
  return new Map(documents.map((one) => [one._id, one]));
}

function documentOf(type: StoredDocument["type"], stored: Stored, label: string | undefined): StoredDocument {
  return { ...stored, type, ...(label !== undefined && { label }) };
}
