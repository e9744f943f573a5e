import type { Failpoint } from "../../../../runtime/failpoint.ts";

/** A process that can be killed. */
export type Victim = "patient" | "audit" | "patient-database" | "audit-database";

/** The jobs of an app that a trial has run. */
export type JobName = "audit-relay" | "audit-reconciler" | "audit-checkpoint" | "audit-catch-up";

/** What has to be so before a trial: the register can be reached, is dead, or it does not matter. */
export type RegisterState = "up" | "down" | "any";

/** A kill at a failpoint. */
export interface FailpointKind {
  readonly failpoint: Failpoint;
  /** The app whose failpoint it is. */
  readonly app: "patient" | "audit";
  /** Who is killed there; the app itself unless it is said. */
  readonly victim?: Victim;
  readonly register: RegisterState;
  /** What brings the app there beside requests. */
  readonly job?: JobName;
  /** There must be something in the outbox, or an access that nobody has closed. */
  readonly needs?: "waiting-entry" | "open-intent";
  /** It is passed once in a run. */
  readonly once?: boolean;
}

/** A kill at a random moment. */
export interface RandomKind {
  readonly victims: readonly Victim[];
}

const patient = (failpoint: Failpoint, more: Partial<FailpointKind> = {}): FailpointKind => ({
  ...{ failpoint, app: "patient", register: "any" },
  ...more,
});
const audit = (failpoint: Failpoint, more: Partial<FailpointKind> = {}): FailpointKind => ({
  ...{ failpoint, app: "audit", register: "up" },
  ...more,
});

/** Each failpoint in each app that passes it, and databases that die at such a moment. The reconciler's come last: what they close has to grow old first. */
export const FAILPOINT_KINDS: readonly FailpointKind[] = [
  patient("before-intent"),
  patient("intent-durable"),
  patient("before-write"),
  patient("after-write"),
  patient("before-outcome"),
  patient("outcome-durable"),
  patient("batch-sent", { register: "up" }),
  patient("batch-acknowledged", { register: "up" }),
  patient("before-outbox", { register: "down" }),
  patient("after-outbox", { register: "down" }),
  audit("before-intent"),
  audit("intent-durable"),
  audit("before-outcome"),
  audit("outcome-durable"),
  audit("before-batch-insert"),
  audit("after-batch-insert"),
  audit("before-projection"),
  audit("checkpoint-signed", { job: "audit-checkpoint", once: true }),
  audit("checkpoint-stored", { job: "audit-checkpoint", once: true }),
  audit("checkpoint-published", { job: "audit-checkpoint", once: true }),
  patient("before-write", { victim: "patient-database" }),
  patient("after-write", { victim: "patient-database" }),
  patient("before-outbox", { register: "down", victim: "patient-database" }),
  patient("batch-sent", { register: "up", victim: "audit-database" }),
  audit("before-batch-insert", { victim: "audit-database" }),
  audit("after-batch-insert", { victim: "audit-database" }),
  patient("relay-sent", { register: "up", job: "audit-relay", needs: "waiting-entry", once: true }),
  patient("relay-removed", { register: "up", job: "audit-relay", needs: "waiting-entry", once: true }),
  patient("reconciler-closing", {
    ...{ register: "up", job: "audit-reconciler", needs: "open-intent", once: true },
  }),
  patient("reconciler-closed", {
    ...{ register: "up", job: "audit-reconciler", needs: "open-intent", once: true },
  }),
];

/** Who is killed at a random moment; several at once, as by a machine that loses its power. */
export const RANDOM_KINDS: readonly RandomKind[] = [
  { victims: ["patient"] },
  { victims: ["patient"] },
  { victims: ["patient"] },
  { victims: ["audit"] },
  { victims: ["audit"] },
  { victims: ["audit"] },
  { victims: ["patient", "audit"] },
  { victims: ["patient", "audit"] },
  { victims: ["patient-database"] },
  { victims: ["audit-database"] },
  { victims: ["patient", "audit", "patient-database", "audit-database"] },
];
