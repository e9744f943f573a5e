import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "node:net";

import type { KeyLists } from "./answer-site-request.ts";
import type { ManagedSubscription } from "./answer-subscription-request.ts";
import { startResourceManager, type ResourceManager } from "./start-resource-manager.ts";

const GROUP = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/local";
const SITE = `${GROUP}/providers/Microsoft.Web/sites/audit-app`;
const SERVICE = `${GROUP}/providers/Microsoft.ApiManagement/service/specimen`;
const IDENTITIES = new Map([
  ["operator-token", "operator"],
  ["app-token", "audit-app"],
]);

describe("startResourceManager", () => {
  let manager: ResourceManager;
  let keys: KeyLists;
  let subscriptions: ManagedSubscription[];

  beforeEach(async () => {
    keys = { hostKeys: { default: "host", _master: "master" }, functionKeys: { list: { gateway: "fn" } } };
    subscriptions = [
      { id: "partner", name: "Partner", key: "one", secondaryKey: "two", scope: { product: "p" } },
      { id: "api", name: "Api", key: "three", scope: { api: "patient" }, state: "suspended" },
      { id: "all", name: "All", key: "four", scope: "all" },
    ];
    manager = await startResourceManager({
      resources: {
        subscriptionId: "00000000-0000-4000-8000-000000000000",
        resourceGroup: "local",
        service: "specimen",
      },
      sites: {
        "audit-app": { functions: ["list", "write"], read: () => keys, edit: (change) => change(keys) },
      },
      subscriptions: {
        list: () => subscriptions,
        regenerate(id, which) {
          const change = which === "primary" ? { key: "new-primary" } : { secondaryKey: "new-secondary" };
          subscriptions = subscriptions.map((one) => (one.id === id ? { ...one, ...change } : one));
        },
      },
      identityOf: (token) => IDENTITIES.get(token),
    });
  });

  afterEach(() => manager.close());

  interface Asked {
    body?: unknown;
    token?: string | null;
    query?: string;
  }

  async function ask(method: string, path: string, { body, token, query }: Asked = {}) {
    const response = await fetch(`${manager.url}${path}${query ?? "?api-version=2024-04-01"}`, {
      method,
      headers: token === null ? {} : { authorization: `Bearer ${token ?? "operator-token"}` },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as unknown, response };
  }

  const refusal = (code: string) => ({ error: { code, message: expect.any(String) } });

  describe("whom it lets in", () => {
    const path = `${SITE}/host/default/listKeys`;

    it.each([
      ["nobody without a token", { token: null }, 401, "AuthenticationFailed"],
      ["nobody with a token that is none", { token: "x" }, 401, "InvalidAuthenticationToken"],
      ["no app", { token: "app-token" }, 403, "AuthorizationFailed"],
      ["nobody without a version", { query: "" }, 400, "MissingApiVersionParameter"],
      ["nobody with a version that is none", { query: "?api-version=1" }, 400, "InvalidApiVersionParameter"],
      [
        "nobody without a token, whatever else is wrong",
        { token: null, query: "" },
        401,
        "AuthenticationFailed",
      ],
    ])("%s", async (_, asked, status, code) => {
      const answer = await ask("POST", path, asked);
      expect([answer.status, answer.body]).toEqual([status, refusal(code)]);
    });

    it("tells a stranger nothing of what there is", async () => {
      const [known, unknown] = [path, `${GROUP}/providers/Microsoft.Web/sites/none/host/default/listKeys`];
      for (const one of [known, unknown])
        expect((await ask("POST", one, { token: "app-token" })).status).toBe(403);
    });
  });

  describe("keys of an app", () => {
    it("lists the host's, the master key apart, whatever the case of the id", async () => {
      const expected = { masterKey: "master", functionKeys: { default: "host" }, systemKeys: {} };
      const path = `${SITE}/host/default/listKeys`;
      for (const one of [path, path.toLowerCase(), path.toUpperCase(), `${path}/`]) {
        const answer = await ask("POST", one);
        expect([answer.status, answer.body]).toEqual([200, expected]);
        expect(answer.response.headers.get("cache-control")).toBe("no-store");
      }
    });

    it("sets, replaces and deletes one of the host's", async () => {
      const path = `${SITE}/host/default/functionKeys/second`;
      const set = await ask("PUT", path, { body: { properties: { name: "second", value: "v1" } } });
      expect([set.status, set.body]).toEqual([
        201,
        {
          id: path,
          name: "second",
          type: "Microsoft.Web/sites/host/functionKeys",
          properties: { name: "second", value: "v1" },
        },
      ]);
      const replaced = await ask("PUT", path.replace("second", "SECOND"), {
        body: { properties: { value: "v2" } },
      });
      expect(replaced).toMatchObject({ status: 200, body: { properties: { name: "second", value: "v2" } } });
      expect(keys.hostKeys).toEqual({ default: "host", _master: "master", second: "v2" });
      expect((await ask("DELETE", path)).status).toBe(204);
      expect(keys.hostKeys).toEqual({ default: "host", _master: "master" });
      const gone = await ask("DELETE", path);
      expect([gone.status, gone.body]).toEqual([404, refusal("ResourceNotFound")]);
    });

    it.each([
      ["an empty body", ""],
      ["no value", { properties: { name: "made" } }],
      ["no value, said so", { properties: { value: null } }],
      ["nothing", {}],
    ])("makes a value from %s", async (_, body) => {
      const answer = await ask("PUT", `${SITE}/functions/list/keys/made`, { body });
      expect(answer).toMatchObject({ status: 201, body: { properties: { name: "made" } } });
      expect(keys.functionKeys.list?.made).toMatch(/^[\w-]{43}$/);
    });

    it("lists, sets and deletes a function's", async () => {
      const path = `${SITE}/functions/write/keys/gateway`;
      expect((await ask("POST", `${SITE}/functions/list/listKeys`)).body).toEqual({ gateway: "fn" });
      expect((await ask("POST", `${SITE}/functions/WRITE/listkeys`)).body).toEqual({});
      expect((await ask("PUT", path, { body: { properties: { value: "w" } } })).status).toBe(201);
      expect(keys.functionKeys).toEqual({ list: { gateway: "fn" }, write: { gateway: "w" } });
      expect((await ask("DELETE", path)).status).toBe(204);
      expect((await ask("DELETE", path)).status).toBe(404);
    });

    it.each([
      ["no JSON", "{"],
      ["a list", "[]"],
      ["a value outside of properties", { value: "v" }],
      ["a member that it would lose", { properties: { value: "v", expires: 1 } }],
      ["properties that are none", { properties: "v" }],
      ["another name", { properties: { name: "other", value: "v" } }],
      ["an empty value", { properties: { value: "" } }],
      ["a value that is no text", { properties: { value: ["secret-value"] } }],
      ["a value that no header can hold", { properties: { value: "secret-value\r\n" } }],
      ["a value that is too long", { properties: { value: "x".repeat(1025) } }],
      ["a body that is too long", JSON.stringify({ properties: { value: "x".repeat(70_000) } })],
    ])("refuses %s, and quotes no value", async (_, body) => {
      const answer = await ask("PUT", `${SITE}/host/default/functionKeys/second`, { body });
      expect([answer.status, answer.body]).toEqual([400, refusal("InvalidRequestContent")]);
      expect(JSON.stringify(answer.body)).not.toContain("secret-value");
      expect(keys.hostKeys).toEqual({ default: "host", _master: "master" });
    });

    it.each(["_master", "__proto__", "a b", "x".repeat(128), ".."])(
      "has no key named %j that could be set or deleted",
      async (name) => {
        const path = `${SITE}/host/default/functionKeys/${encodeURIComponent(name)}`;
        expect((await ask("PUT", path, { body: {} })).status).toBeGreaterThanOrEqual(400);
        expect((await ask("DELETE", path)).status).toBeGreaterThanOrEqual(400);
        expect(keys.hostKeys).toEqual({ default: "host", _master: "master" });
      },
    );
  });

  describe("subscriptions of the gateway", () => {
    const partner = `${SERVICE}/subscriptions/partner`;

    it("are listed without their keys", async () => {
      const answer = await ask("GET", `${SERVICE}/subscriptions`);
      const item = (id: string, displayName: string, scope: string, state = "active") => ({
        id: `${SERVICE}/subscriptions/${id}`,
        type: "Microsoft.ApiManagement/service/subscriptions",
        name: id,
        properties: { displayName, scope: `${SERVICE}${scope}`, state },
      });
      const value = [
        item("partner", "Partner", "/products/p"),
        item("api", "Api", "/apis/patient", "suspended"),
        item("all", "All", "/apis"),
      ];
      expect([answer.status, answer.body]).toEqual([200, { value, count: 3 }]);
      expect((await ask("GET", partner.toLowerCase())).body).toEqual(value[0]);
    });

    it("tell their keys when they are asked for, and make each anew", async () => {
      const secrets = async () => (await ask("POST", `${partner}/listSecrets`)).body;
      expect(await secrets()).toEqual({ primaryKey: "one", secondaryKey: "two" });
      const regenerated = await ask("POST", `${partner}/regeneratePrimaryKey`);
      expect([regenerated.status, regenerated.body]).toEqual([204, undefined]);
      expect(await secrets()).toEqual({ primaryKey: "new-primary", secondaryKey: "two" });
      expect((await ask("POST", `${partner}/REGENERATESECONDARYKEY`)).status).toBe(204);
      expect(await secrets()).toEqual({ primaryKey: "new-primary", secondaryKey: "new-secondary" });
    });
  });

  it.each([
    ["POST", "/"],
    ["POST", SITE],
    ["POST", `${SITE}/host/other/listKeys`],
    ["POST", `${SITE}/host/default/listKeys/more`],
    ["POST", `${SITE}/host/default/systemKeys/x`],
    ["POST", `${SITE}/functions/none/listKeys`],
    ["PUT", `${SITE}/functions/constructor/keys/x`],
    ["POST", `${SITE.replace("audit-app", "none")}/host/default/listKeys`],
    ["POST", `${SITE.replace("/local/", "/other/")}/host/default/listKeys`],
    ["POST", `${SITE.replace("-8000-", "-8001-")}/host/default/listKeys`],
    ["POST", `${SITE.replace("Microsoft.Web", "Microsoft.Other")}/host/default/listKeys`],
    ["GET", `${SERVICE.replace("specimen", "other")}/subscriptions`],
    ["GET", `${SERVICE}/products`],
    ["POST", `${SERVICE}/subscriptions/none/listSecrets`],
    ["POST", `${SERVICE}/subscriptions/partner/regenerateKey`],
    ["POST", `${SERVICE}/subscriptions/partner/listSecrets/more`],
  ])("knows no %s %s", async (method, path) => {
    const answer = await ask(method, path);
    expect([answer.status, answer.body]).toEqual([404, refusal("ResourceNotFound")]);
  });

  it.each([
    ["GET", `${SITE}/host/default/listKeys`],
    ["GET", `${SITE}/functions/list/listKeys`],
    ["GET", `${SITE}/host/default/functionKeys/default`],
    ["POST", `${SITE}/functions/list/keys/gateway`],
    ["DELETE", `${SERVICE}/subscriptions`],
    ["DELETE", `${SERVICE}/subscriptions/partner`],
    ["GET", `${SERVICE}/subscriptions/partner/listSecrets`],
    ["GET", `${SERVICE}/subscriptions/partner/regeneratePrimaryKey`],
  ])("does not %s %s", async (method, path) => {
    const answer = await ask(method, path);
    expect([answer.status, answer.body]).toEqual([405, refusal("HttpMethodNotAllowed")]);
    expect(subscriptions[0]?.key).toBe("one");
  });

  it.each(["/subscriptions/%", "/subscriptions/%ff", "//[", "http://other/"])(
    "answers the target %s, which is none, with a refusal",
    async (target) => {
      const { hostname, port } = new URL(manager.url);
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () =>
          socket.write(`POST ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
        );
        let text = "";
        socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
        socket.on("end", () => resolve(text)).on("error", reject);
      });
      expect(answer).toMatch(/^HTTP\/1\.1 40[01] /);
    },
  );

  it("tells nothing of what went wrong inside", async () => {
    Object.defineProperty(keys, "hostKeys", {
      get: () => {
        throw new Error("secret-path");
      },
    });
    const answer = await ask("POST", `${SITE}/host/default/listKeys`);
    expect([answer.status, answer.body]).toEqual([500, refusal("InternalServerError")]);
    expect(JSON.stringify(answer.body)).not.toContain("secret-path");
  });

  it("says which port is taken", async () => {
    const port = Number(new URL(manager.url).port);
    const options = {
      resources: { subscriptionId: "s", resourceGroup: "g", service: "s" },
      sites: {},
      subscriptions: { list: () => [], regenerate: () => undefined },
      identityOf: () => undefined,
    };
    await expect(startResourceManager({ ...options, port })).rejects.toThrow(`cannot listen on port ${port}`);
  });
});
