import type { Failpoint } from "../../../runtime/failpoint.ts";
import type { Edit } from "../failpoints/build-test-apps.ts";
import type { Rule } from "./checker/finding.ts";
import type { Operation } from "./client/make-request.ts";

/** A product that breaks the promise, the kill that brings it to light, and how it is found out. */
export interface BrokenBuild {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly failpoint: Failpoint;
  readonly operation: Operation;
  /** At which passing; a second wave, if it takes one, is killed at its first. */
  readonly pass?: number;
  /** What is found among other things. */
  readonly rule: Rule;
}

const PIPELINE = "runtime/pipeline.ts";
const STORE = "runtime/database/versioned-store.ts";

/** Each is a mistake that somebody could make. */
export const BROKEN_BUILDS: readonly BrokenBuild[] = [
  {
    name: "no intent is recorded",
    edits: [
      {
        file: PIPELINE,
        from: "if (access) await this.#append(intentRecord(access, this.#now()));",
        to: "void intentRecord;",
      },
    ],
    failpoint: "after-write",
    operation: "createPatient",
    rule: "change-without-record",
  },
  {
    name: "an answer does not wait for its outcome",
    edits: [
      {
        file: PIPELINE,
        from: "if (outcome) await this.#append(outcome, mayHaveChanged ? OUTCOME_UNKNOWN : undefined);",
        to: "if (outcome) setTimeout(() => void this.#append(outcome, mayHaveChanged ? OUTCOME_UNKNOWN : undefined), 2000);",
      },
    ],
    failpoint: "before-intent",
    operation: "searchPatients",
    pass: 9,
    rule: "disclosed-without-record",
  },
  {
    name: "an outcome is recorded before the write",
    edits: [
      {
        file: STORE,
        from: "const result = await operation();",
        to: "setTimeout(() => void operation(), 100); const result = { matchedCount: 1 } as never;",
      },
    ],
    failpoint: "before-outcome",
    operation: "updatePatient",
    rule: "write-lost",
  },
  {
    name: "a record is taken out of the outbox before the receipt",
    edits: [
      {
        file: "runtime/audit/relay.ts",
        from: "const records = entries.map(({ record }) => record);",
        to: "const records = entries.map(({ record }) => record); await outbox.remove(records.map(({ id }) => id)); failpoint('relay-sent');",
      },
    ],
    failpoint: "relay-sent",
    operation: "getPatient",
    rule: "disclosed-without-record",
  },
  {
    name: "the register says that records are durable before they are",
    edits: [
      {
        file: "handlers/audit/ledger/insert-batches.ts",
        from: "await batches.insertMany(documents, { ordered: false });",
        to: "setTimeout(() => void batches.insertMany(documents, { ordered: false }), 2000);",
      },
    ],
    failpoint: "before-batch-insert",
    operation: "updatePatient",
    pass: 2,
    rule: "change-without-record",
  },
  {
    name: "the reconciler does not look at what was changed",
    edits: [
      {
        file: "runtime/audit/resolve-change.ts",
        from: "return mark ? made(type, id, mark) : UNKNOWN;",
        to: "void made; void mark; return UNKNOWN;",
      },
    ],
    failpoint: "after-write",
    operation: "updatePatient",
    rule: "change-called-unknown",
  },
];
