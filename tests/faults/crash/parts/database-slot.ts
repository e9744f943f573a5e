import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import type { Db } from "mongodb";

/** A service's database, in a process that can be killed; each process has the same address. */
export class DatabaseSlot {
  readonly #directory: string;
  readonly #name: string;
  #child: ChildProcess | undefined;
  #client: MongoClient | undefined;
  #uri = "";

  constructor(directory: string, name: string) {
    this.#directory = directory;
    this.#name = name;
  }

  get uri(): string {
    return this.#uri;
  }

  /** @throws {Error} when it has not been started: a process that kills 0 kills its group */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error("the database has no process");
    return pid;
  }

  get isAlive(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** What is in it, as the harness sees it. */
  get db(): Db {
    if (!this.#client) throw new Error("the database has not been started");
    return this.#client.db(this.#name);
  }

  /** Starts it, or starts it again. */
  async start(): Promise<void> {
    const child = fork(join(import.meta.dirname, "database-process.ts"), [this.#directory, this.#name], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    const ended = once(child, "exit").then(() => Promise.reject(new Error("a database did not start")));
    ended.catch(() => undefined);
    const [{ uri }] = (await Promise.race([once(child, "message"), ended])) as [{ uri: string }];
    this.#uri = uri;
    this.#client ??= await new MongoClient(uri, { ignoreUndefined: true }).connect();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || !this.isAlive) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  }

  async stop(): Promise<void> {
    await this.#client?.close();
    await this.kill();
  }
}
