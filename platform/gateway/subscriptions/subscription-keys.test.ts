import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { partnerKey, startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway } from "../fixtures/test-gateway.ts";
import { openSubscriptionKeys } from "./open-subscription-keys.ts";
import type { SubscriptionKeys } from "./subscription-keys.ts";

const partner = { id: "p", name: "Partner", key: partnerKey, scope: { product: "partner" } };
const second = { id: "s", name: "Second", key: "published-second", scope: { product: "partner" } };

describe("subscription keys that change while the gateway runs", () => {
  let directory: string;
  let file: string;
  let gateway: TestGateway | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "specimen-subscriptions-"));
    file = join(directory, "gateway/subscriptions.json");
  });

  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
    rmSync(directory, { recursive: true });
  });

  const open = () => openSubscriptionKeys(file, [partner]);
  const keysOf = (subscriptions: SubscriptionKeys, id = "p") => {
    const found = subscriptions.list().find((one) => one.id === id);
    return [found?.key ?? "", found?.secondaryKey ?? ""] as const;
  };
  const statusOf = async (key: string) => (await gateway?.call("/things/1", { key }))?.status;

  it("open with the next request and are refused with the next, primary and secondary apart", async () => {
    const subscriptions = open();
    gateway = await startTestGateway({ subscriptions });
    const [, secondary] = keysOf(subscriptions);
    expect(secondary).toMatch(/^[0-9a-f]{32}$/);
    expect([await statusOf(partnerKey), await statusOf(secondary)]).toEqual([200, 200]);

    subscriptions.regenerate("p", "primary");
    const [primary] = keysOf(subscriptions);
    expect([await statusOf(partnerKey), await statusOf(primary), await statusOf(secondary)]).toEqual([
      401, 200, 200,
    ]);
    subscriptions.regenerate("p", "secondary");
    expect([
      await statusOf(secondary),
      await statusOf(primary),
      await statusOf(keysOf(subscriptions)[1]),
    ]).toEqual([401, 200, 200]);
  });

  it("are kept over a restart, in a file for its owner alone", () => {
    const first = open();
    first.regenerate("p", "primary");
    expect(keysOf(open())).toEqual(keysOf(first));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(file))).toEqual(["subscriptions.json"]);
  });

  it("come and go with the subscriptions that are given; those that stay keep theirs", () => {
    const before = open();
    before.regenerate("p", "primary");
    const both = openSubscriptionKeys(file, [{ ...partner, name: "Renamed" }, second]);
    expect(keysOf(both)).toEqual(keysOf(before));
    expect(both.list()[0]?.name).toBe("Renamed");
    expect(keysOf(both, "s")).toEqual(["published-second", expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(openSubscriptionKeys(file, [second]).list()).toHaveLength(1);
    expect(readFileSync(file, "utf8")).not.toContain('"p"');
  });

  it("stay as they are when the new one cannot be kept", async () => {
    const subscriptions = open();
    gateway = await startTestGateway({ subscriptions });
    rmSync(dirname(file), { recursive: true });
    writeFileSync(dirname(file), "no folder");
    expect(() => subscriptions.regenerate("p", "primary")).toThrow();
    expect(await statusOf(partnerKey)).toBe(200);
  });

  it("are those of a subscription that there is", () => {
    expect(() => open().regenerate("other", "primary")).toThrow('no subscription "other"');
  });

  it.each([
    ["no JSON", "{ secret-key"],
    ["another schema", '{"schema":2,"subscriptions":[]}'],
    ["an empty key", '{"schema":1,"subscriptions":[{"id":"p","primaryKey":"","secondaryKey":"secret-key"}]}'],
    ["a key too few", '{"schema":1,"subscriptions":[{"id":"p","primaryKey":"secret-key"}]}'],
    ["nothing", ""],
  ])("do not open from a file with %s, which is named and not quoted", (_, text) => {
    open();
    writeFileSync(file, text);
    expect(open).toThrow(file);
    expect(open).not.toThrow("secret-key");
  });
});
