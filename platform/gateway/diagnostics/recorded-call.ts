import type { BackendAddress } from "../backends/backend-address.ts";

/** A request that the gateway sent: one try of `forward-request`, or a `send-request`. */
export class RecordedCall {
  /** Its span. */
  readonly id: string;
  readonly method: string;
  readonly address: BackendAddress;
  /** What of the path may be told: a template, or empty. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds until the answer, or until it was clear that there is none; null while the call is under way. */
  duration: number | null = null;
  /** Null without an answer. */
  status: number | null = null;
  readonly #now: () => number;

  constructor(id: string, call: Pick<RecordedCall, "method" | "address" | "path">, now: () => number) {
    this.id = id;
    this.method = call.method;
    this.address = call.address;
    this.path = call.path;
    this.#now = now;
    this.startedAt = now();
  }

  /** Notes how the call ends. @returns what it ends with */
  async watch<Answer extends { readonly statusCode: number }>(pending: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await pending;
      this.status = answer.statusCode;
      return answer;
    } finally {
      this.duration = this.#now() - this.startedAt;
    }
  }
}
