/** What the worker is started with. */
export interface WorkerOptions {
  /** Path of the SQLite file. */
  readonly file: string;
  /** Path of the Unix socket; without it there is none. */
  readonly socket?: string;
  /** Port on 127.0.0.1, 0 for any; without it there is none. */
  readonly tcpPort?: number;
}

/** What the worker says: that it listens, or why it cannot. */
export type WorkerMessage =
  | { readonly type: "ready"; readonly tcpPort: number | undefined }
  | { readonly type: "failed"; readonly reason: string };

/** @throws {TypeError} when the value is not of that shape */
export function assertWorkerOptions(value: unknown): asserts value is WorkerOptions {
  if (typeof value !== "object" || value === null || !("file" in value) || typeof value.file !== "string") {
    throw new TypeError("the database worker was started without its options");
  }
}
