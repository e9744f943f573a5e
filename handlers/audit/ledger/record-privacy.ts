import { canonicalText } from "../../../runtime/ledger/canonical.ts";
import type { LedgerEntry } from "./append-call.ts";
import { replaceSubjects, subjectsOf, type AuditRecord, type IncomingRecord } from "./record-subjects.ts";
import { referenceOf, sealId, unsealId } from "./seal-id.ts";
import { streamOf } from "./streams.ts";
import { subjectReference, type SubjectKeys } from "./subject-keys.ts";

/** What stands for an id whose subject was erased: the nil UUID (RFC 9562, 5.9). */
export const ERASED = "00000000-0000-0000-0000-000000000000";

/** Turns records into what the ledger holds, and back. */
export interface RecordPrivacy {
  /** @throws {TypeError} for a record that JSON cannot say */
  seal(records: readonly IncomingRecord[]): Promise<LedgerEntry[]>;
  /** The records with the ids of people, as far as these have not been erased. */
  reveal(sealed: readonly AuditRecord[]): Promise<AuditRecord[]>;
  /** What the ledger calls the subject of an id. */
  referenceOf(id: string): Promise<string>;
}

/** @param hashKey the service's own key */
export function recordPrivacy(keys: SubjectKeys, hashKey: () => Promise<string>): RecordPrivacy {
  return {
    async seal(records) {
      const secret = await hashKey();
      const references = new Map<string, string>();
      for (const id of records.flatMap((record) => subjectsOf(asContract(record))))
        if (!references.has(id)) references.set(id, subjectReference(secret, id));
      const found = await keys.obtain([...references.values()]);
      const sealed = new Map<string, string>();
      for (const [id, reference] of references) {
        const key = found.get(reference);
        if (!key) throw new Error("a subject has no key");
        sealed.set(id, sealId(id, reference, key));
      }
      return records.map((record) => {
        const entry = replaceSubjects(asContract(record), (id) => sealed.get(id) ?? ERASED);
        return { id: record.id, stream: streamOf(record.id), text: canonicalText(entry) };
      });
    },
    async reveal(sealed) {
      const ids = new Set(sealed.flatMap(subjectsOf));
      const found = await keys.find([...ids].flatMap((id) => referenceOf(id) ?? []));
      const revealed = new Map<string, string>();
      for (const id of ids) {
        const key = found.get(referenceOf(id) ?? "");
        revealed.set(id, (key && unsealId(id, key)) ?? ERASED);
      }
      return sealed.map((record) => replaceSubjects(record, (id) => revealed.get(id) ?? ERASED));
    },
    async referenceOf(id) {
      return subjectReference(await hashKey(), id);
    },
  };
}

/** The runtime's records are of the contract's form, but for arrays that the runtime promises not to change. */
function asContract(record: IncomingRecord): AuditRecord {
  return record as AuditRecord;
}
