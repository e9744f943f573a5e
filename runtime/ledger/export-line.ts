import type { Batch } from "./batch.ts";
import type { Checkpoint } from "./checkpoint.ts";

/**
 * A line of an export (NDJSON): first what it is, then the batches of each stream in their order, among them the
 * checkpoints that changed the signing key, and last the checkpoint that the export ends at.
 */
export type ExportLine =
  | { readonly type: "ledger"; readonly form: 1; readonly ledger: string }
  | ({ readonly type: "batch" } & Batch)
  | ({ readonly type: "checkpoint" } & Checkpoint);

/**
 * Reads one line.
 * @throws {SyntaxError} when it is not a line of an export, also when it has a member that none has
 */
export function parseExportLine(text: string): ExportLine {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new SyntaxError("an object is expected");
  if (value.type === "batch" && isBatch(value)) return value;
  if (value.type === "checkpoint" && isCheckpoint(value)) return value;
  if (value.type === "ledger" && isLedger(value)) return value;
  throw new SyntaxError("neither a ledger, a batch nor a checkpoint");
}

type Unknown = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;
type LineOf<Type> = Extract<ExportLine, { type: Type }>;

const isText: Check = (value) => typeof value === "string";
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isDigest: Check = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const objectOf =
  (members: Readonly<Record<string, Check>>, optional: readonly string[] = []): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => Object.hasOwn(members, name)) &&
    Object.entries(members).every(([name, check]) =>
      value[name] === undefined ? optional.includes(name) : check(value[name]),
    );

const LEDGER = objectOf({ type: isText, form: (value) => value === 1, ledger: isText });

const BATCH = objectOf(
  {
    ...{ type: isText, stream: isText, epoch: isText, seq: isCount, firstIndex: isCount, size: isCount },
    ...{ root: isDigest, previous: isDigest, next: isText, entries: listOf(isText) },
  },
  ["next"],
);

const KEY = objectOf({
  kty: (value) => value === "EC",
  crv: (value) => value === "P-256",
  x: isText,
  y: isText,
});
const HEAD = objectOf({
  stream: isText,
  epoch: isText,
  seq: isCount,
  size: isCount,
  root: isDigest,
  hash: isDigest,
});

const CHECKPOINT = objectOf({
  ...{
    type: isText,
    form: (value) => value === 1,
    ledger: isText,
    sequence: isCount,
    time: isText,
    key: KEY,
  },
  ...{ previous: (value) => value === null || isDigest(value), streams: listOf(HEAD) },
  signatures: listOf(objectOf({ keyId: isText, value: isText })),
});

function isBatch(value: unknown): value is LineOf<"batch"> {
  return BATCH(value);
}

function isCheckpoint(value: unknown): value is LineOf<"checkpoint"> {
  return CHECKPOINT(value);
}

function isLedger(value: unknown): value is LineOf<"ledger"> {
  return LEDGER(value);
}

function isObject(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
