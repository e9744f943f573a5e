import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { KILL_EVENT } from "../../failpoints/messages.ts";
import type { Order } from "../../failpoints/messages.ts";

export interface AppProcessOptions {
  readonly name: string;
  /** The host's program. */
  readonly host: string;
  /** All settings of the process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

/** A process of the functions host, of the test build: it stands by until it is told to listen. */
export class AppProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #waiting: Promise<unknown>;
  readonly #closed: Promise<unknown>;
  #killedAtFailpoint = false;

  constructor({ name, host, environment, onLine }: AppProcessOptions) {
    this.#name = name;
    this.#child = fork(host, {
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: { PATH: process.env.PATH, ...environment },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      if (stream)
        createInterface({ input: stream }).on("line", (line) => {
          if (line.includes(KILL_EVENT)) this.#killedAtFailpoint = true;
          else onLine(line);
        });
    this.#closed = once(this.#child, "close");
    this.#waiting = this.#message("waiting");
    this.#waiting.catch(() => undefined);
  }

  /** @throws {Error} when it could not be started: a process that kills 0 kills its group */
  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error(`${this.#name}: there is no process`);
    return pid;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Whether one of its failpoints has killed somebody. */
  get hasKilled(): boolean {
    return this.#killedAtFailpoint;
  }

  /** Resolves when it has ended and all that it wrote has been read. */
  get closed(): Promise<unknown> {
    return this.#closed;
  }

  /** Has it listen. @throws when it ends first */
  async go(): Promise<void> {
    await this.#waiting;
    const ready = this.#message("ready");
    this.#send({ type: "go" });
    await ready;
  }

  /** Resolves when the order is in force, or the process has ended. */
  async order(order: Order): Promise<void> {
    if (!this.isAlive) return;
    const armed = this.#message("armed");
    this.#send(order);
    await armed.catch(() => undefined);
  }

  /** Kills it as a power cut would. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #send(order: Order): void {
    // It may have ended in between: then the exit is what tells.
    this.#child.send(order, () => undefined);
  }

  #message(type: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const listen = (message: { type?: string; line?: string }): void => {
        if (message.type === "failed") reject(new Error(`${this.#name}: ${message.line ?? "not started"}`));
        if (message.type !== type) return;
        this.#child.off("message", listen);
        resolve(message);
      };
      this.#child.on("message", listen);
      void this.#closed.then(() => reject(new Error(`${this.#name}: ended before it was ${type}`)));
    });
  }
}
