import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";

/** A request, as it was before it was sent. */
export interface Sent {
  readonly n: number;
  readonly trial: number;
  readonly operation: string;
  /** Who is asked. */
  readonly app: "patient" | "audit";
  readonly method: string;
  readonly path: string;
  /** By which the register knows it. */
  readonly traceId: string;
  readonly ifMatch?: string;
  /** What no other request writes: the text by which the stored version is known to be this request's. */
  readonly label?: string;
}

/** An answer, as far as it came. */
export interface Answered {
  readonly n: number;
  readonly status: number;
  /** Whether all of it came. */
  readonly complete: boolean;
  /** Of the bytes of the body that came. */
  readonly hash: string;
  readonly etag?: string;
  /** The ids of the resources in the body. */
  readonly ids: readonly string[];
}

/** One exchange as the client knows it; without `answered` not a byte came back. */
export interface Exchange extends Sent {
  readonly answered?: Answered;
}

type Line = ({ readonly type: "sent" } & Sent) | ({ readonly type: "answered" } & Answered);

/** The client's memory: on disk before a request is sent, and before anything is made of its answer. */
export class History {
  readonly #file: number;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, "a", 0o600);
  }

  sent(requests: readonly Sent[]): void {
    this.#write(requests.map((one) => ({ type: "sent", ...one })));
  }

  answered(answer: Answered): void {
    this.#write([{ type: "answered", ...answer }]);
  }

  /** All exchanges so far, as they are on disk. */
  read(): Exchange[] {
    const exchanges = new Map<number, Exchange>();
    const lines = readFileSync(this.#path, "utf8").split("\n").slice(0, -1);
    for (const text of lines) {
      const { type, ...line } = JSON.parse(text) as Line;
      if (type === "sent") exchanges.set(line.n, line as Sent);
      else exchanges.set(line.n, { ...(exchanges.get(line.n) as Sent), answered: line as Answered });
    }
    return [...exchanges.values()];
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(lines: readonly Line[]): void {
    writeSync(this.#file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    fdatasyncSync(this.#file);
  }
}
