import { MongoClient } from "mongodb";
import type { Db } from "mongodb";
import type { Secret } from "../secrets/secret-store.ts";
import { indexKey } from "./collections.ts";
import type { CollectionDeclaration } from "./collections.ts";

export interface DatabaseOptions {
  /** The connection string. */
  readonly uri: Secret;
  /** The database's name. */
  readonly name: string;
  readonly collections: readonly CollectionDeclaration[];
  /** How long finding a server, waiting for a connection and one operation may each take, in milliseconds. */
  readonly timeoutMs: number;
}

/** The app's database: connected at first use, and again after a connection that failed. */
export interface Database {
  /** @throws what the driver throws when the database cannot be reached, or `SecretUnavailableError` */
  connected(): Promise<Db>;
  close(): Promise<void>;
}

/** @param options where the database is, and what it holds */
export function database(options: DatabaseOptions): Database {
  let client: Promise<MongoClient> | undefined;
  let ready: Promise<Db> | undefined;
  const open = async (): Promise<Db> => {
    client = options.uri
      .value()
      .then((uri) => new MongoClient(uri, clientOptions(options.timeoutMs)).connect());
    const db = (await client).db(options.name);
    await createMissing(db, options.collections);
    return db;
  };
  const connected = () => {
    // A failure is not kept: the next request tries again.
    ready ??= open().catch((error: unknown) => {
      void client?.then((opened) => opened.close()).catch(() => undefined);
      ready = undefined;
      throw error;
    });
    return ready;
  };
  return { connected, close: async () => (await client?.catch(() => undefined))?.close() };
}

function clientOptions(timeoutMs: number) {
  return {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
    waitQueueTimeoutMS: timeoutMs,
    maxPoolSize: 32,
    // A server that comes back is found within a second, not within ten, which is the driver's default.
    heartbeatFrequencyMS: 1_000,
    // Cosmos DB has no retryable writes unless an account is made for them.
    retryWrites: false,
    ignoreUndefined: true,
  };
}

async function createMissing(db: Db, collections: readonly CollectionDeclaration[]): Promise<void> {
  for (const { name, indexes } of collections) {
    if (indexes.length === 0) continue;
    await db.collection(name).createIndexes(
      indexes.map((index) => ({
        key: Object.fromEntries(Object.entries(indexKey(index))),
        name: index.name,
      })),
    );
  }
}
