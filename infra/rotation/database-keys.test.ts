import { describe, expect, it } from "@jest/globals";
import type { AzureRest } from "./azure-rest.ts";
import { databaseKeys } from "./database-keys.ts";
import type { Target } from "./target.ts";

const RESOURCE = "/subscriptions/1/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/ward";

/** A Cosmos DB account, as its resource provider answers for it. */
function account() {
  const keys = { Primary: "mongodb://p1", Secondary: "mongodb://s1" };
  const calls: string[] = [];
  const rest: AzureRest = {
    call(method, path, body) {
      calls.push(`${method} ${path.split("?")[0] ?? ""}`);
      if (path.includes("regenerateKey")) {
        const { keyKind } = body as { keyKind: string };
        if (keyKind === "primary") keys.Primary = "mongodb://p2";
        if (keyKind === "secondary") keys.Secondary = "mongodb://s2";
        return Promise.resolve({});
      }
      const strings = Object.entries(keys).map(([keyKind, connectionString]) => ({
        keyKind,
        connectionString,
      }));
      const readOnly = [{ keyKind: "PrimaryReadonly", connectionString: "mongodb://r" }];
      return Promise.resolve({ connectionStrings: [...strings, ...readOnly] });
    },
  };
  const target = { resourceGroup: "/subscriptions/1/resourceGroups/g" } as Target;
  return { calls, slots: databaseKeys("ward", "ward", target, rest) };
}

describe("databaseKeys", () => {
  it("reads the connection strings of both keys, and no read-only one", async () => {
    const { slots, calls } = account();
    expect(slots.secret).toBe("ward-mongodb-uri");
    expect(await slots.read()).toEqual({ primary: "mongodb://p1", secondary: "mongodb://s1" });
    expect(calls).toEqual([`POST ${RESOURCE}/listConnectionStrings`]);
  });

  it("renews one key, and gives its new connection string", async () => {
    const { slots } = account();
    expect(await slots.renew("secondary")).toBe("mongodb://s2");
    expect(await slots.read()).toEqual({ primary: "mongodb://p1", secondary: "mongodb://s2" });
  });
});
