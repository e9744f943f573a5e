import { MongoClient } from "mongodb";
import type { AzureRest } from "./azure-rest.ts";
import type { Target } from "./target.ts";
import type { TwoSlots } from "./two-slots.ts";

const API_VERSION = "api-version=2024-11-15";

/**
 * The keys of a Cosmos DB account, as the connection strings that hold them.
 * @see https://learn.microsoft.com/rest/api/cosmos-db-resource-provider/database-accounts/regenerate-key
 */
export function databaseKeys(
  api: string,
  account: string,
  { resourceGroup }: Target,
  resourceManager: AzureRest,
): TwoSlots<DatabaseSlot> {
  const path = `${resourceGroup}/providers/Microsoft.DocumentDB/databaseAccounts/${account}`;
  const read = async () => {
    const { connectionStrings } = await resourceManager.call(
      "POST",
      `${path}/listConnectionStrings?${API_VERSION}`,
    );
    return Array.isArray(connectionStrings) ? slotsOf(connectionStrings as unknown[]) : {};
  };
  return {
    secret: `${api}-mongodb-uri`,
    slots: ["primary", "secondary"],
    read,
    async renew(slot) {
      await resourceManager.call("POST", `${path}/regenerateKey?${API_VERSION}`, { keyKind: slot });
      const uri = (await read())[slot];
      if (uri === undefined)
        throw new Error(`Account ${account} has no connection string of its ${slot} key.`);
      return uri;
    },
    opens: opensDatabase,
  };
}

type DatabaseSlot = "primary" | "secondary";

/** Azure tells the strings of a key apart by `keyKind`, and gives read-only ones too. */
function slotsOf(items: readonly unknown[]): Readonly<Partial<Record<DatabaseSlot, string>>> {
  const found: Partial<Record<DatabaseSlot, string>> = {};
  for (const item of items) {
    const { connectionString, keyKind } = membersOf(item);
    if (typeof connectionString !== "string") continue;
    if (keyKind === "Primary") found.primary = connectionString;
    if (keyKind === "Secondary") found.secondary = connectionString;
  }
  return found;
}

/** AuthenticationFailed and Unauthorized, as MongoDB and Cosmos DB give them. */
const REFUSED = new Set([13, 18]);

async function opensDatabase(uri: string): Promise<boolean> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000, retryWrites: false });
  try {
    await client.db("admin").command({ ping: 1 });
    await client.db("admin").admin().listDatabases({ nameOnly: true });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && REFUSED.has(Number(error.code))) return false;
    // The driver's message may hold the connection string.
    throw new Error("The database could not be reached to try its key.", { cause: errorName(error) });
  } finally {
    await client.close();
  }
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
