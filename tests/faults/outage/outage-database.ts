import { execFileSync, fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import type { Db } from "mongodb";
import { wireProxy } from "../proxy/wire-proxy.ts";
import type { WireProxy } from "../proxy/wire-proxy.ts";

/** A service's database in a process of its own, and the line to it. */
export interface OutageDatabase {
  /** Between the apps and the database. */
  readonly line: WireProxy;
  /** The database itself, beside the line. */
  readonly db: Db;
  /** Ends its connections; new ones are reset. */
  leave(): void;
  comeBack(): void;
  /** From now on no write to a file of its succeeds. Linux only, see {@link canFillDisk}. */
  fillDisk(): void;
  freeDisk(): void;
  close(): Promise<void>;
}

export interface OutageDatabaseOptions {
  readonly directory: string;
  readonly name: string;
}

/** Whether this machine can limit what a running process may write. */
export const canFillDisk = process.platform === "linux";

export async function outageDatabase({ directory, name }: OutageDatabaseOptions): Promise<OutageDatabase> {
  const child = fork(join(import.meta.dirname, "database-process.ts"), [directory, name], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: { ...process.env, NODE_OPTIONS: "" },
    // Whoever reads what the tests write must not have to wait for this process.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const port = await portOf(child);
  const line = await wireProxy(port);
  const client = await new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`).connect();
  return {
    line,
    db: client.db(name),
    leave: () => line.to(undefined),
    comeBack: () => line.to(port),
    fillDisk: () => limitFileSize(child, "0"),
    freeDisk: () => limitFileSize(child, "unlimited"),
    async close() {
      await client.close();
      await line.close();
      const exit = once(child, "exit");
      child.disconnect();
      await exit;
    },
  };
}

/**
 * What is nearest to a full disk without rights of one's own: each write beyond the limit fails with `EFBIG`, also into the
 * room that SQLite's log has had before, which a full file system would still give.
 */
function limitFileSize({ pid = 0 }: ChildProcess, limit: string): void {
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${limit}:`]);
}

async function portOf(child: ChildProcess): Promise<number> {
  const ended = once(child, "exit").then(() => {
    throw new Error("The database's process ended before it was ready.");
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [{ readonly tcpPort: number }];
  ended.catch(() => undefined);
  return message.tcpPort;
}
