import { describe, expect, it } from "@jest/globals";
import { AzureRestError } from "./azure-rest.ts";
import type { AzureRest } from "./azure-rest.ts";
import { listSubscriptions } from "./subscription-keys.ts";
import type { Target } from "./target.ts";

const target = { resourceGroup: "/subscriptions/1/resourceGroups/g", apiManagement: "apim" } as Target;
const item = (name: string, scope: string, state = "active") => ({ name, properties: { scope, state } });

function answering(...pages: readonly Readonly<Record<string, unknown>>[]): AzureRest {
  let page = 0;
  return { call: () => Promise.resolve(pages[page++] ?? {}) };
}

describe("listSubscriptions", () => {
  it("gives the active ones of products, from all pages, and not Azure's own", async () => {
    const first = {
      value: [item("master", "/service/apim/"), item("a", "/service/apim/products/partner")],
      nextLink: "https://management.azure.com/next?page=2",
    };
    const second = {
      value: [
        item("b", "/service/apim/products/auditor"),
        item("c", "/service/apim/products/partner", "suspended"),
      ],
    };
    expect(await listSubscriptions(target, answering(first, second))).toEqual([
      { id: "a", product: "partner" },
      { id: "b", product: "auditor" },
    ]);
  });

  it("gives none before there is a gateway, and fails with every other failure", async () => {
    const failing = (status: number, code: string): AzureRest => ({
      call: () => Promise.reject(new AzureRestError("GET subscriptions", status, code)),
    });
    expect(await listSubscriptions(target, failing(404, "ResourceNotFound"))).toEqual([]);
    await expect(listSubscriptions(target, failing(404, "ResourceGroupNotFound"))).rejects.toThrow("404");
    await expect(listSubscriptions(target, failing(403, "Forbidden"))).rejects.toThrow("403");
  });
});
