import type { AzureRest } from "./azure-rest.ts";
import type { Target } from "./target.ts";
import type { TwoSlots } from "./two-slots.ts";
import { membersOf } from "./members-of.ts";

const API_VERSION = "api-version=2024-11-15";

/**
 * The keys of a Cosmos DB account, as the connection strings that hold them. They are not tried: nobody but its app reaches a
 * database, and an app that cannot connect with a new string stays with the old one.
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
  };
}

type DatabaseSlot = "primary" | "secondary";

/** Azure tells the strings of a key apart by `keyKind`, and gives read-only ones too. */
function slotsOf(items: readonly unknown[]): Readonly<Partial<Record<DatabaseSlot, string>>> {
  const found: Partial<Record<DatabaseSlot, string>> = {};
  for (const item of items) {
    const { connectionString, keyKind } = membersOf(item);
    if (typeof connectionString !== "string" || !connectionString.startsWith("mongodb")) continue;
    if (keyKind === "Primary") found.primary = connectionString;
    if (keyKind === "Secondary") found.secondary = connectionString;
  }
  return found;
}
