/** A moment at which a process may die and nothing may be lost. `tests/faults` kills processes at each of them. */
export type Failpoint = (typeof FAILPOINTS)[number];

/** In the order in which a request, then a job, comes by them. */
export const FAILPOINTS = [
  "before-intent",
  "intent-durable",
  "before-write",
  "after-write",
  "before-outcome",
  "outcome-durable",
  "batch-sent",
  "batch-acknowledged",
  "before-outbox",
  "after-outbox",
  "before-batch-insert",
  "after-batch-insert",
  "before-projection",
  "relay-sent",
  "relay-removed",
  "reconciler-closing",
  "reconciler-closed",
  "checkpoint-signed",
  "checkpoint-stored",
  "checkpoint-published",
] as const;

/** Does nothing. A test build has another module in the place of this one, which may end the process here. */
export function failpoint(_name: Failpoint): void {
  return undefined;
}
