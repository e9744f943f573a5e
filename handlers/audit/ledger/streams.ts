import { hash } from "node:crypto";

/** The streams that records are spread over. Their number is part of the ledger: a record must meet its duplicate. */
export const STREAMS: readonly string[] = Array.from(
  { length: 16 },
  (_, number) => `s${String(number).padStart(2, "0")}`,
);

/**
 * The stream of a record: all records of an access have the same. It follows from the record's id alone, so that two records
 * of one id meet, whatever else they say.
 * @param recordId `<accessId>:<phase>`
 */
export function streamOf(recordId: string): string {
  const digest = hash("sha256", accessOf(recordId), "buffer");
  return STREAMS[digest.readUInt8(0) % STREAMS.length] ?? "";
}

/** The access that a record is of. @param recordId `<accessId>:<phase>` */
export function accessOf(recordId: string): string {
  return recordId.slice(0, recordId.indexOf(":"));
}

/** The month of a moment in UTC, `202611`. */
export function epochOf(moment: Date): string {
  return moment.toISOString().slice(0, 7).replace("-", "");
}
