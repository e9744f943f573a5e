import type { Failpoint } from "../../../../runtime/failpoint.ts";
import { AppProcess, type AppProcessOptions } from "./app-process.ts";

export interface AppSlotOptions extends AppProcessOptions {
  /** Of 127.0.0.1: the same for each process. */
  readonly port: number;
  /** Opens what is the administrator's. */
  readonly masterKey: string;
}

/** How long an app may take to say that it will run a job, in milliseconds. */
const PATIENCE_MS = 5_000;

/** An app that can be killed: a process that serves, and one that stands by to take its place at once. */
export class AppSlot {
  readonly url: string;
  readonly #options: AppSlotOptions;
  #current: AppProcess;
  #spare: AppProcess;

  constructor(options: AppSlotOptions) {
    this.#options = options;
    this.url = `http://127.0.0.1:${options.port}`;
    this.#current = new AppProcess(options);
    this.#spare = this.#current;
  }

  async start(): Promise<void> {
    await this.#current.go();
    this.#spare = new AppProcess(this.#options);
  }

  get pid(): number {
    return this.#current.pid;
  }

  get isAlive(): boolean {
    return this.#current.isAlive;
  }

  /** The process that serves. */
  get process(): AppProcess {
    return this.#current;
  }

  /** @param victim the process to kill when it is not the app's own */
  arm(name: Failpoint, pass: number, victim?: number): Promise<void> {
    return this.#current.order({ type: "arm", name, pass, ...(victim !== undefined && { victim }) });
  }

  disarm(): Promise<void> {
    return this.#current.order({ type: "disarm" });
  }

  /** Kills the process that serves; resolves when it has ended. */
  async kill(): Promise<void> {
    this.#current.kill();
    await this.#current.closed;
  }

  /** Puts the one that stands by in the place of the one that has ended. */
  async revive(): Promise<void> {
    await this.#current.closed;
    const next = this.#spare.isAlive ? this.#spare : new AppProcess(this.#options);
    await next.go();
    this.#current = next;
    this.#spare = new AppProcess(this.#options);
  }

  /** Has a job run now, whatever its schedule. It is not waited for. */
  async runJob(name: string): Promise<void> {
    const headers = { "x-functions-key": this.#options.masterKey, "content-type": "application/json" };
    const url = `${this.url}/admin/functions/${name}`;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    // The app may be killed at this very moment.
    await fetch(url, { method: "POST", headers, body: "{}", signal }).catch(() => undefined);
  }

  async stop(): Promise<void> {
    const processes = [this.#current, this.#spare];
    for (const one of processes) one.kill();
    await Promise.all(processes.map((one) => one.closed));
  }
}
