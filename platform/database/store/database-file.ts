import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";

/** One row of a result. */
export type Row = Record<string, SQLOutputValue>;

/** Of the tables, and of the documents that the apps store in them: 2 since records are made from a ledger. */
const schemaVersion = 2;

/** "Spcm": marks the file as ours. */
const applicationId = 0x5370636d;

/**
 * The SQLite file of one embedded database: exclusive to this process, durable at every commit.
 * Statements are prepared once.
 */
export class DatabaseFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * @param path the file, which is made when it is absent
   * @throws {Error} one clear line when another process holds the file, when it is no database of Specimen's, or
   * when another version's layout is in it
   */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 0 });
    try {
      this.#lock(path);
      this.#prepareSchema(path);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  run(sql: string, ...values: SQLInputValue[]): { changes: number; rowId: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...values);
    return { changes: Number(changes), rowId: Number(lastInsertRowid) };
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  /** Runs a statement that is not worth keeping, such as one that makes a table. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /** Forgets the prepared statements of a table that is about to be dropped. */
  forget(table: string): void {
    for (const sql of this.#statements.keys()) {
      if (sql.includes(` ${table} `)) this.#statements.delete(sql);
    }
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** In exclusive mode the first transaction takes the lock for as long as the process lives. */
  #lock(path: string): void {
    try {
      this.#database.exec(`
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456; BEGIN EXCLUSIVE; COMMIT`);
    } catch (error) {
      throw new Error(lockMessage(path, error), { cause: error });
    }
  }

  #prepareSchema(path: string): void {
    const version = Number(this.get("PRAGMA user_version")?.user_version);
    const application = Number(this.get("PRAGMA application_id")?.application_id);
    const isEmpty = this.get("SELECT 1 FROM sqlite_schema LIMIT 1") === undefined;
    if (isEmpty) this.#createSchema();
    else if (application !== applicationId)
      throw new Error(`${path} is not a database of Specimen's: move it away`);
    else if (version !== schemaVersion) throw new Error(otherVersionMessage(path, version));
  }

  #createSchema(): void {
    this.#database.exec(`
      BEGIN IMMEDIATE;
      CREATE TABLE collections (
        id INTEGER PRIMARY KEY AUTOINCREMENT, database TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (database, name));
      CREATE TABLE indexes (
        id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, specification BLOB NOT NULL,
        multikey INTEGER NOT NULL DEFAULT 0);
      PRAGMA application_id = ${applicationId};
      PRAGMA user_version = ${schemaVersion};
      COMMIT`);
  }
}

function lockMessage(path: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return /locked|busy/i.test(reason)
    ? `${path} is locked by another process`
    : `${path} cannot be opened: ${reason}`;
}

function otherVersionMessage(path: string, version: number): string {
  return (
    `${path} was written with schema ${version}, this version of Specimen reads schema ${schemaVersion}. ` +
    "To migrate, start the version that wrote it and copy the data out with the MongoDB tools; " +
    `to reset, delete ${path} and start again`
  );
}
