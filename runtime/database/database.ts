import { MongoClient, MongoServerError } from "mongodb";
import type { Db } from "mongodb";
import type { Secret } from "../secrets/secret-store.ts";
import { indexKey } from "./collections.ts";
import type { CollectionDeclaration } from "./collections.ts";
import { observeCommands } from "./command-spans.ts";

export interface DatabaseOptions {
  /** The connection string. */
  readonly uri: Secret;
  /** The database's name. */
  readonly name: string;
  readonly collections: readonly CollectionDeclaration[];
  /** How long finding a server, waiting for a connection and one operation may each take, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether each command is a span of the request or job that sends it. */
  readonly observed?: boolean;
}

/**
 * The app's database: connected at first use, again after a connection that failed, and again when the connection string has
 * changed: a new key of the database is in use as soon as the secret's cached copy is over.
 */
export interface Database {
  /** @throws what the driver throws when the database cannot be reached, or `SecretUnavailableError` */
  connected(): Promise<Db>;
  close(): Promise<void>;
}

/** @param options where the database is, and what it holds */
export function database(options: DatabaseOptions): Database {
  const connections = new Set<Connection>();
  let current: Connection | undefined;
  let next: Connection | undefined;
  const end = async (connection: Connection) => {
    connections.delete(connection);
    await connection.client.close().catch(() => undefined);
  };
  const open = (uri: string): Connection => {
    const client = new MongoClient(uri, clientOptions(options));
    if (options.observed) observeCommands(client);
    const connection = { uri, client, db: connect(client, options) };
    connections.add(connection);
    // A failure is not kept: the next request tries again.
    connection.db.catch(() => {
      if (current === connection) current = undefined;
      if (next === connection) next = undefined;
      void end(connection);
    });
    return connection;
  };
  /** What is under way ends where it has begun. */
  const follow = (uri: string, replaced: Connection) => {
    if (next?.uri === uri) return;
    const opened = (next = open(uri));
    const take = () => {
      if (next !== opened) {
        void end(opened);
        return;
      }
      current = opened;
      next = undefined;
      setTimeout(() => void end(replaced), LONGEST_USE_MS).unref();
    };
    opened.db.then(take, () => undefined);
  };
  return {
    async connected() {
      const uri = await options.uri.value();
      if (current && current.uri !== uri) {
        const replaced = current;
        follow(uri, replaced);
        // Its key may have ended while nobody asked: the new connection first, and the old one as long as there is no other.
        return (await next?.db.catch(() => replaced.db)) ?? replaced.db;
      }
      current ??= open(uri);
      return current.db;
    },
    close: async () => {
      await Promise.all([...connections].map(end));
    },
  };
}

/** An export of the register reads for minutes. */
const LONGEST_USE_MS = 600_000;

interface Connection {
  readonly uri: string;
  readonly client: MongoClient;
  readonly db: Promise<Db>;
}

async function connect(client: MongoClient, { name, collections }: DatabaseOptions): Promise<Db> {
  const db = (await client.connect()).db(name);
  await createMissing(db, collections);
  return db;
}

function clientOptions({ timeoutMs, observed = false }: DatabaseOptions) {
  return {
    monitorCommands: observed,
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

/** An index that is there under another name is none that is missing: those that a deployment makes are named by Azure. */
async function createMissing(db: Db, collections: readonly CollectionDeclaration[]): Promise<void> {
  for (const { name, indexes } of collections) {
    if (indexes.length === 0) continue;
    const there = await keysOf(db, name);
    const missing = indexes.filter((index) => !there.has(JSON.stringify(indexKey(index))));
    if (missing.length === 0) continue;
    await db.collection(name).createIndexes(
      missing.map((index) => ({
        key: Object.fromEntries(Object.entries(indexKey(index))),
        name: index.name,
      })),
    );
  }
}

const NAMESPACE_NOT_FOUND = 26;

async function keysOf(db: Db, name: string): Promise<ReadonlySet<string>> {
  try {
    const indexes = await db.collection(name).indexes();
    return new Set(indexes.map(({ key }) => JSON.stringify(key)));
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND) return new Set();
    throw error;
  }
}
