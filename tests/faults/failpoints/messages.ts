import type { Failpoint } from "../../../runtime/failpoint.ts";

/** What a harness tells a process of the test build, over its channel. */
export type Order =
  /** Go on with the start: a process waits for it before it listens, so that one can stand by. */
  | { readonly type: "go" }
  /** Kill at the n-th passing from now on: this process, or another one. It is answered with `armed`. */
  | { readonly type: "arm"; readonly name: Failpoint; readonly pass: number; readonly victim?: number }
  /** It is answered with `armed`, too: from then on nothing is killed. */
  | { readonly type: "disarm" };

/** What a process of the test build tells its harness. */
export type Report = { readonly type: "waiting" } | { readonly type: "armed" };

/** The event of the line that is written before the kill. */
export const KILL_EVENT = "failpoint-kill";
