import type { Random } from "../../tamper/random.ts";
import type { Exchange } from "./history.ts";

/** Something that the client has been told of. */
export interface Known {
  readonly id: string;
  /** Of a test. */
  readonly patientId?: string;
  etag?: string;
}

/** What the client believes to be there. It may be wrong: of a request without an answer it knows nothing. */
export class Population {
  readonly #patients = new Map<string, Known>();
  readonly #tests = new Map<string, Known>();
  readonly #deleted: Known[] = [];

  get patients(): number {
    return this.#patients.size;
  }

  get tests(): number {
    return this.#tests.size;
  }

  patient(random: Random): Known | undefined {
    return pick([...this.#patients.values()], random);
  }

  test(random: Random): Known | undefined {
    return pick([...this.#tests.values()], random);
  }

  /** A patient whose deletion was sent, whatever became of it. */
  deleted(random: Random): Known | undefined {
    return pick(this.#deleted.slice(-6), random);
  }

  /** Before a deletion is sent: nobody else uses what it is about. */
  take({ id }: Known): void {
    const known = this.#patients.get(id);
    if (known) this.#deleted.push(known);
    this.#patients.delete(id);
    this.#tests.delete(id);
    for (const test of this.#tests.values()) if (test.patientId === id) this.#tests.delete(test.id);
  }

  learn({ operation, path, answered }: Exchange): void {
    if (!answered?.complete || answered.status >= 300) return;
    const { etag, ids } = answered;
    const [id] = ids;
    if (id === undefined) return;
    const changes = { id, ...(etag !== undefined && { etag }) };
    if (operation === "createPatient") this.#patients.set(id, changes);
    if (operation === "createTest") this.#tests.set(id, { ...changes, patientId: path.split("/")[2] ?? "" });
    const known = this.#patients.get(id) ?? this.#tests.get(id);
    if (known && etag !== undefined) known.etag = etag;
  }
}

function pick(items: readonly Known[], random: Random): Known | undefined {
  return items.length > 0 ? random.pick(items) : undefined;
}
