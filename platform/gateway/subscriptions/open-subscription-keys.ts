import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { GatewaySubscription } from "../configuration/gateway-manifest.ts";
import { newSubscriptionKey, SubscriptionKeys } from "./subscription-keys.ts";

/**
 * Opens the file that keeps the keys of subscriptions (0600; made when absent, with its folder). A subscription that the file
 * does not know begins with the keys that are given, and a secondary one at random; one that it knows has the file's keys,
 * whatever is given. What is no longer given is dropped.
 *
 * @throws ConfigurationError naming the file, and quoting nothing of it, when it is not what this function writes
 */
export function openSubscriptionKeys(
  path: string,
  subscriptions: readonly GatewaySubscription[],
): SubscriptionKeys {
  const kept = readKeys(path);
  const current = subscriptions.map((subscription) => {
    const keys = kept.get(subscription.id);
    return {
      ...subscription,
      key: keys?.primaryKey ?? subscription.key,
      secondaryKey: keys?.secondaryKey ?? subscription.secondaryKey ?? newSubscriptionKey(),
    };
  });
  const save = (changed: readonly GatewaySubscription[]) => writeKeys(path, changed);
  const keys = new SubscriptionKeys(current, save);
  save(current);
  return keys;
}

interface KeptKeys {
  readonly id: string;
  readonly primaryKey: string;
  readonly secondaryKey: string;
}

const SCHEMA = 1;

function readKeys(path: string): Map<string, KeptKeys> {
  if (!existsSync(path)) return new Map();
  const kept = parse(readFileSync(path, "utf8"));
  if (kept) return new Map(kept.map((keys) => [keys.id, keys]));
  throw new ConfigurationError(
    path,
    `not a file of subscription keys of schema ${SCHEMA}; delete it, and the subscriptions begin with their first keys`,
  );
}

function parse(text: string): readonly KeptKeys[] | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isKeysFile(content) ? content.subscriptions : undefined;
  } catch {
    // The parser's message would quote the file, which holds keys.
    return undefined;
  }
}

function isKeysFile(value: unknown): value is { subscriptions: readonly KeptKeys[] } {
  if (!isRecord(value) || value.schema !== SCHEMA) return false;
  return Array.isArray(value.subscriptions) && value.subscriptions.every(isKept);
}

function isKept(value: unknown): value is KeptKeys {
  if (!isRecord(value)) return false;
  const texts = [value.id, value.primaryKey, value.secondaryKey];
  return texts.every((text) => typeof text === "string" && text !== "");
}

function writeKeys(path: string, subscriptions: readonly GatewaySubscription[]): void {
  const kept = subscriptions.map(({ id, key, secondaryKey }) => ({ id, primaryKey: key, secondaryKey }));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  replaceFile(path, `${JSON.stringify({ schema: SCHEMA, subscriptions: kept }, null, 2)}\n`);
}

/** A process killed at any moment leaves either the old file or the new one. */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
