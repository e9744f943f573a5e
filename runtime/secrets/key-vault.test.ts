import { afterEach, describe, expect, it } from "@jest/globals";
import { inspect } from "node:util";
import { caught } from "../testing/caught.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { localServer } from "../testing/local-server.ts";
import type { Answer, LocalServer, SeenRequest } from "../testing/local-server.ts";
import { keyVault } from "./key-vault.ts";
import { SecretUnavailableError } from "./secret-store.ts";

const ok = (value: unknown): Answer => ({
  status: 200,
  body: JSON.stringify({ value, id: "https://vault/x" }),
});
const never = () => new Promise<never>(() => undefined);

describe("keyVault", () => {
  const servers: LocalServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function vault(
    answer: (request: SeenRequest) => Answer | Promise<Answer>,
    { timeoutMs = 10_000, token = () => Promise.resolve("token-1") } = {},
  ) {
    const server = await localServer(answer);
    servers.push(server);
    const clock = fakeClock();
    return { server, clock, store: keyVault({ url: server.url, token, clock, timeoutMs }) };
  }

  it("asks as Key Vault's REST API wants to be asked", async () => {
    const { server, store } = await vault(() => ok("v"));
    expect(await store.secret("patient-hash-key").value()).toBe("v");
    expect(server.seen).toMatchObject([
      {
        method: "GET",
        url: "/secrets/patient-hash-key?api-version=7.4",
        headers: { authorization: "Bearer token-1" },
      },
    ]);
  });

  it("keeps a value for 30 s", async () => {
    let version = 0;
    const { server, clock, store } = await vault(() => ok(`v${++version}`));
    const secret = store.secret("key");
    expect(await secret.value()).toBe("v1");
    clock.advance(29_999);
    expect(await secret.value()).toBe("v1");
    expect(await store.secret("key").value()).toBe("v1");
    expect(server.seen).toHaveLength(1);
    clock.advance(1);
    expect(await secret.value()).toBe("v2");
    expect(server.seen).toHaveLength(2);
  });

  it("reads anew when it is told to, and keeps what it read", async () => {
    let version = 0;
    const { clock, store } = await vault(() => ok(`v${++version}`));
    const secret = store.secret("key");
    await secret.value();
    clock.advance(20_000);
    expect(await secret.refresh()).toBe("v2");
    clock.advance(20_000);
    expect(await secret.value()).toBe("v2");
  });

  it("asks once for all readers of the same moment", async () => {
    const { server, store } = await vault(() => ok("v"));
    const secret = store.secret("key");
    const values = await Promise.all([
      secret.value(),
      secret.value(),
      secret.refresh(),
      store.secret("key").value(),
    ]);
    expect(values).toEqual(["v", "v", "v", "v"]);
    expect(server.seen).toHaveLength(1);
  });

  it("keeps secrets apart", async () => {
    const { store } = await vault(({ url }) => ok(url));
    const [a, b] = await Promise.all([store.secret("a").value(), store.secret("b").value()]);
    expect([a, b]).toEqual(["/secrets/a?api-version=7.4", "/secrets/b?api-version=7.4"]);
  });

  it.each<[string, Answer]>([
    ["403", { status: 403, body: '{"error":{"code":"Forbidden","message":"canary"}}' }],
    ["404", { status: 404, body: '{"error":{"message":"canary"}}' }],
    ["500 without JSON", { status: 500, body: "canary" }],
    ["401", { status: 401, body: '{"value":"canary"}' }],
    ["no JSON", { status: 200, body: "canary" }],
    ["half of it", { status: 200, body: '{"value":"canary' }],
    ["no value", { status: 200, body: '{"secret":"canary"}' }],
    ["null", { status: 200, body: "null" }],
    ["a value that is no text", ok({ canary: "canary" })],
    ["nothing", { status: 200 }],
    ["no answer", "hang"],
  ])("names the secret and nothing else when the vault answers %s", async (_name, answer) => {
    const { store } = await vault(() => answer, { timeoutMs: answer === "hang" ? 30 : 10_000 });
    const error = await caught(() => store.secret("patient-hash-key").value());
    expect(error).toBeInstanceOf(SecretUnavailableError);
    expect(String(error)).toContain("patient-hash-key");
    expect(inspect(error, { depth: 9 })).not.toMatch(/canary|token-1/);
  });

  it("says the same of a vault that is gone, and of an identity that fails or hangs", async () => {
    const { server, store } = await vault(() => ok("v"));
    await server.close();
    const failing = await vault(() => ok("v"), { token: () => Promise.reject(new Error("canary")) });
    const hanging = await vault(() => ok("v"), { token: never, timeoutMs: 30 });
    for (const one of [store, failing.store, hanging.store]) {
      const error = await caught(() => one.secret("key").value());
      expect(error).toBeInstanceOf(SecretUnavailableError);
      expect(inspect(error, { depth: 9 })).not.toContain("canary");
    }
    expect([...failing.server.seen, ...hanging.server.seen]).toEqual([]);
  });

  it("does not keep a failure", async () => {
    const answers: Answer[] = [{ status: 503 }, ok("v")];
    const { store } = await vault(() => answers.shift() ?? "hang");
    const secret = store.secret("key");
    const [first, second] = await Promise.allSettled([secret.value(), secret.value()]);
    expect([first.status, second.status]).toEqual(["rejected", "rejected"]);
    expect(await secret.value()).toBe("v");
  });
});
