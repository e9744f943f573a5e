import type { Exchange } from "../client/history.ts";
import type { RegisterRecord } from "./read-ledger.ts";

/** All that the register says of one access. */
export interface Access {
  readonly accessId: string;
  readonly traceId: string;
  readonly intent?: RegisterRecord;
  readonly outcome?: RegisterRecord;
  /** A refusal before the access. */
  readonly closed?: RegisterRecord;
}

/** The register's records, by access, and by the request that an access was made for. */
export class RegisterView {
  readonly #byId = new Map<string, Access>();
  readonly #byTrace = new Map<string, Access[]>();
  readonly #trials: ReadonlyMap<string, number>;

  constructor(records: readonly RegisterRecord[], exchanges: readonly Exchange[]) {
    for (const record of records) {
      const accessId = record.accessId ?? record.id;
      const before = this.#byId.get(accessId) ?? { accessId, traceId: record.traceId ?? "" };
      this.#byId.set(accessId, { ...before, [record.phase]: record });
    }
    for (const access of this.#byId.values())
      this.#byTrace.set(access.traceId, [...(this.#byTrace.get(access.traceId) ?? []), access]);
    this.#trials = new Map(exchanges.map(({ traceId, trial }) => [traceId, trial]));
  }

  get accesses(): Iterable<Access> {
    return this.#byId.values();
  }

  access(id: string): Access | undefined {
    return this.#byId.get(id);
  }

  /** Those of a request: one, when all is well. */
  ofRequest({ traceId }: Exchange): readonly Access[] {
    return this.#byTrace.get(traceId) ?? [];
  }

  /** The trial that made the request of an access. */
  trialOf({ traceId }: Pick<Access, "traceId">): number | undefined {
    return this.#trials.get(traceId);
  }
}
