import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { startDatabase } from "./start-database.ts";
import { temporaryFolder } from "./testing/test-database.ts";

let directory: string;

beforeEach(() => {
  directory = temporaryFolder();
});

afterEach(() => rmSync(directory, { recursive: true }));

/** Starts the writers, and kills them in the midst of it. @returns the ids whose writes were acknowledged */
async function acknowledgedBeforeKill(round: number): Promise<string[]> {
  const writer: ChildProcess = fork(
    new URL("./testing/write-until-killed.ts", import.meta.url),
    [directory, String(round)],
    {
      execArgv: [],
      stdio: "inherit",
    },
  );
  const acknowledged: string[] = [];
  writer.on("message", (id: string) => {
    if (acknowledged.push(id) === 200) writer.kill("SIGKILL");
  });
  const [code, signal] = (await once(writer, "close")) as [number | null, string | null];
  expect([code, signal]).toEqual([null, "SIGKILL"]);
  return acknowledged;
}

describe("kill -9", () => {
  it("loses no acknowledged write, and the next start takes the socket over", async () => {
    const acknowledged: string[] = [];
    for (const round of [1, 2, 3]) {
      acknowledged.push(...(await acknowledgedBeforeKill(round)));
      expect(existsSync(join(directory, "kill.sock"))).toBe(true);
    }
    const database = await startDatabase({ directory, name: "kill" });
    const client = await new MongoClient(database.uri).connect();
    const writes = client.db("test").collection<{ _id: string; done?: boolean }>("writes");
    const stored = await writes.find({ done: true }).toArray();
    const ids = new Set(stored.map(({ _id }) => _id));
    expect(acknowledged.length).toBeGreaterThanOrEqual(600);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    const byIndex = await writes.find({ done: true }, { hint: "done_1" }).toArray();
    expect(byIndex).toHaveLength(stored.length);
    await client.close();
    await database.close();
  });
});
