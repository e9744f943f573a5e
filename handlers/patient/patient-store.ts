import type { Db, Filter } from "mongodb";
import type { components } from "../../generated/patient/types.ts";
import { versionedStore } from "../../runtime/database/versioned-store.ts";
import type { StoredResource, VersionedStore } from "../../runtime/database/versioned-store.ts";
import { daysOf } from "../../runtime/partial-date.ts";

export type Patient = components["schemas"]["Patient"];
export type PatientContent = components["schemas"]["PatientCreate"];
export type PatientCriteria = components["schemas"]["PatientSearch"];

/** A patient as it is stored. The days that the date of birth may stand for are kept beside it, for searches. */
export interface StoredPatient extends StoredResource, Partial<PatientContent> {
  readonly bornFrom?: string;
  readonly bornTo?: string;
}

export type PatientStore = VersionedStore<StoredPatient>;

const SCHEMA = 1;

/** @param accessId the access that uses it */
export function patientStore(db: Db, accessId: string): PatientStore {
  return versionedStore(db.collection<StoredPatient>("patients"), accessId);
}

/** A version of a patient, to be stored. */
export function storedPatient(
  { _id, version, lastUpdated }: Pick<StoredPatient, "_id" | "version" | "lastUpdated">,
  content: PatientContent,
): StoredPatient {
  const { from, to } = daysOf(content.dateOfBirth);
  return { _id, version, lastUpdated, ...content, bornFrom: from, bornTo: to, _schema: SCHEMA };
}

/** What is left of a deleted patient. */
export function patientTombstone({ _id, version, _schema }: StoredPatient, now: Date): StoredPatient {
  return { _id, version: version + 1, lastUpdated: now, deletedAt: now, _schema };
}

/** A stored patient as the contract shows it. */
export function toContract(stored: StoredPatient): Patient {
  const {
    _id,
    version: _version,
    lastUpdated,
    bornFrom: _from,
    bornTo: _to,
    _schema: _form,
    ...content
  } = stored;
  return { id: _id, ...(content as PatientContent), lastUpdated: lastUpdated.toISOString() };
}

/** The stored patients that match every criterion; a partial date matches each date that it may stand for. */
export function criteriaFilter(criteria: PatientCriteria): Filter<StoredPatient> {
  const { dateOfBirth, dateOfBirthFrom, dateOfBirthTo, ...equal } = criteria;
  const overlaps: Filter<StoredPatient>[] = [];
  if (dateOfBirth !== undefined) {
    const { from, to } = daysOf(dateOfBirth);
    overlaps.push({ bornFrom: { $lte: to }, bornTo: { $gte: from } });
  }
  if (dateOfBirthFrom !== undefined) overlaps.push({ bornTo: { $gte: daysOf(dateOfBirthFrom).from } });
  if (dateOfBirthTo !== undefined) overlaps.push({ bornFrom: { $lte: daysOf(dateOfBirthTo).to } });
  return overlaps.length > 0 ? { ...equal, $and: overlaps } : { ...equal };
}
