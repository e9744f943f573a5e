import { describe, expect, it } from "@jest/globals";
import type { ManifestApi } from "../manifest.ts";
import { gatewayKeys } from "./app-keys.ts";
import { AzureRestError } from "./azure-rest.ts";
import type { AzureRest } from "./azure-rest.ts";
import type { Target } from "./target.ts";
import { fakeVault } from "./testing/fake-vault.ts";
import { twoSlots } from "./two-slots.ts";

const operation = (operationId: string, internal = false) => ({
  ...{ operationId, internal, method: "GET", path: `/ward/${operationId}`, audited: true },
});
const API = {
  name: "ward",
  operations: [operation("a"), operation("b"), operation("inner", true)],
} as unknown as ManifestApi;
const TARGET = {
  resourceGroup: "/g",
  app: () => ({ site: "ward-app", url: "http://127.0.0.1:9" }),
} as unknown as Target;

/** The keys of each function, as its site answers for them. */
function site(keys: Record<string, Record<string, string>>): AzureRest {
  return {
    call(method, path, body) {
      const [, name = "", slot] = /functions\/(\w+)\/(?:listKeys|keys\/([\w-]+))\?/.exec(path) ?? [];
      const own = (keys[name] ??= {});
      if (method === "POST") return Promise.resolve({ ...own });
      if (slot === undefined) throw new Error(`unexpected ${method} ${path}`);
      if (method === "PUT") own[slot] = (body as { properties: { value: string } }).properties.value;
      else if (own[slot] === undefined)
        return Promise.reject(new AzureRestError("DELETE", 404, "ResourceNotFound"));
      else own[slot] = "";
      if (own[slot] === "")
        keys[name] = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== ""));
      return Promise.resolve({});
    },
  };
}

const slotsOf = (keys: Record<string, Record<string, string>>) =>
  gatewayKeys(API, "ward-gateway-key", TARGET, site(keys));

describe("gatewayKeys", () => {
  it("renews one value on each published function", async () => {
    const keys = { a: { gateway: "old" }, b: { gateway: "old" } };
    const value = await slotsOf(keys).renew("gateway-second");
    expect(keys).toMatchObject({ a: { "gateway-second": value }, b: { "gateway-second": value } });
    expect(await slotsOf(keys).read()).toEqual({ gateway: "old", "gateway-second": value });
  });

  it("takes the key away from a function that is published no longer", async () => {
    const keys: Record<string, Record<string, string>> = { a: {}, b: {}, inner: { gateway: "old" } };
    await slotsOf(keys).renew("gateway");
    expect(keys.inner).toEqual({});
  });

  it("knows a slot that a new function does not have yet, and none whose functions do not agree", async () => {
    expect(await slotsOf({ a: { gateway: "x" }, b: {} }).read()).toEqual({ gateway: "x" });
    expect(await slotsOf({ a: { gateway: "x" }, b: { gateway: "y" } }).read()).toEqual({});
  });

  it.each([
    ["is new", { a: { "gateway-second": "used", gateway: "dead" }, b: {} }],
    ["has another key", { a: { "gateway-second": "used" }, b: { "gateway-second": "stray" } }],
  ])("does not renew the slot that is used when a function %s", async (_how, keys) => {
    const vault = fakeVault();
    await vault.setSecret("ward-gateway-key", "used", { slot: "gateway-second" });
    const { opens: _opens, ...service } = slotsOf(keys);
    const rotation = twoSlots(service, {
      ...{ vault, wait: () => Promise.resolve(), now: () => vault.time },
      waits: { readers: 0, handOver: undefined },
    });
    expect((await rotation.plan())[0]).toBe("make a new key in slot gateway (slot gateway-second is used)");
    await rotation.rotate(() => undefined);
    expect(keys.a["gateway-second"]).toBe("used");
    expect(vault.secrets.get("ward-gateway-key")?.tags.slot).toBe("gateway");
  });
});
