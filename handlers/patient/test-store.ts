import type { Collection, Db } from "mongodb";
import type { components } from "../../generated/patient/types.ts";
import { pushMark } from "../../runtime/database/access-marks.ts";
import type { Marked } from "../../runtime/database/access-marks.ts";
import { withThrottling } from "../../runtime/database/throttling.ts";
import { versionedStore } from "../../runtime/database/versioned-store.ts";
import type { StoredResource, VersionedStore } from "../../runtime/database/versioned-store.ts";

export type Test = components["schemas"]["Test"];
export type TestContent = Omit<components["schemas"]["TestCreate"], "patientId">;

/** A test as it is stored, in the partition of its patient. */
export interface StoredTest extends StoredResource, Partial<TestContent> {
  readonly patientId: string;
}

export interface TestStore extends VersionedStore<StoredTest> {
  /** Turns every test of a patient into a tombstone. @returns how many there were */
  deleteAllOf(patientId: string, now: Date): Promise<number>;
}

const SCHEMA = 1;
const DEADLINE_MS = 3_000;

/** @param accessId the access that uses it */
export function testStore(db: Db, accessId: string): TestStore {
  const tests = db.collection<StoredTest>("tests");
  return {
    ...versionedStore(tests, accessId),
    async deleteAllOf(patientId, now) {
      const alive = { patientId, deletedAt: { $exists: false } };
      const change = {
        $set: { deletedAt: now, lastUpdated: now },
        $inc: { version: 1 },
        $unset: { performer: "", orderReference: "", observations: "" },
        $push: pushMark(accessId),
      } as const;
      const marked: Collection<StoredTest & Marked> = db.collection("tests");
      const update = () => marked.updateMany(alive, change);
      return (await withThrottling(update, { deadlineMs: DEADLINE_MS })).modifiedCount;
    },
  };
}

/** A version of a test, to be stored. Times of observations are kept in UTC with milliseconds. */
export function storedTest(
  { _id, version, lastUpdated, patientId }: Pick<StoredTest, "_id" | "version" | "lastUpdated" | "patientId">,
  { performer, orderReference, observations }: TestContent,
): StoredTest {
  const inUtc = observations.map((one) => ({ ...one, issued: new Date(one.issued).toISOString() }));
  return {
    _id,
    patientId,
    version,
    lastUpdated,
    performer,
    orderReference,
    observations: inUtc,
    _schema: SCHEMA,
  };
}

/** What is left of a deleted test. */
export function testTombstone({ _id, patientId, version, _schema }: StoredTest, now: Date): StoredTest {
  return { _id, patientId, version: version + 1, lastUpdated: now, deletedAt: now, _schema };
}

/** A stored test as the contract shows it. */
export function testToContract(stored: StoredTest): Test {
  const { _id, patientId, performer = "", orderReference = "", observations = [], lastUpdated } = stored;
  return {
    id: _id,
    patientId,
    performer,
    orderReference,
    observations,
    lastUpdated: lastUpdated.toISOString(),
  };
}
