import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import type { Collection, Db, Document } from "mongodb";
import { startDatabase } from "../start-database.ts";

/** A database in a folder of its own, with the official driver connected to it. For tests only. */
export interface TestDatabase {
  readonly directory: string;
  readonly uri: string;
  readonly db: Db;
  /** A collection that no other test has seen. */
  collection<T extends Document = Document>(): Collection<T>;
  close(): Promise<void>;
}

/** Starts one; `close` removes its folder. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const directory = temporaryFolder();
  const database = await startDatabase({ directory, name: "test" });
  const client = await new MongoClient(database.uri).connect();
  const db = client.db("test");
  let collections = 0;
  return {
    directory,
    uri: database.uri,
    db,
    collection: <T extends Document>() => db.collection<T>(`c${++collections}`),
    close: async () => {
      await client.close();
      await database.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** A folder for one test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "specimen-db-"));
}

/** The error code of a command that must fail. */
export async function codeOf(command: Promise<unknown>): Promise<unknown> {
  try {
    await command;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
  return "no error";
}
