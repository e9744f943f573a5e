import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startKeyVault, type KeyVault } from "./start-key-vault.ts";

interface Bundle {
  id: string;
  value?: string;
  tags?: Record<string, string>;
  contentType?: string;
  attributes: Record<string, unknown>;
}

describe("versions of a secret", () => {
  let directory: string;
  let time: number;
  let vault: KeyVault;

  const start = () =>
    startKeyVault({
      directory,
      seed: { "app-key": () => "first" },
      grants: { app: ["app-key"], operator: ["*"] },
      now: () => time,
    });

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "specimen-versions-"));
    time = Date.parse("2026-11-20T12:00:00Z");
    vault = await start();
  });

  afterEach(async () => {
    await vault.close();
    rmSync(directory, { recursive: true });
  });

  async function tokenOf(identity: string, resource = "https://vault.azure.net"): Promise<string> {
    const url = `${vault.identityEndpoint}?api-version=2019-08-01&resource=${resource}`;
    const response = await fetch(url, { headers: { "X-IDENTITY-HEADER": vault.identityHeader(identity) } });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  async function ask(identity: string, method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${vault.url}${path}?api-version=7.4`, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(identity)}` },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  const read = async (response: Response) => (await response.json()) as Bundle;
  const pathOf = ({ id }: Bundle) => new URL(id).pathname;

  it("answers what was given with the value, to whoever may read it, also after a restart", async () => {
    const given = { tags: { rotation: "run-1" }, contentType: "text/plain" };
    const times = { exp: 1_900_000_000, nbf: 1_700_000_000 };
    const set = await ask("operator", "PUT", "/secrets/app-key", {
      value: "second",
      ...given,
      attributes: { ...times, enabled: true },
    });
    const bundle = await read(set);
    expect(bundle).toMatchObject({ value: "second", ...given, attributes: { ...times, enabled: true } });
    expect(await read(await ask("app", "GET", "/secrets/app-key"))).toEqual(bundle);
    await vault.close();
    vault = await start();
    const { id, ...rest } = await read(await ask("app", "GET", "/secrets/app-key"));
    expect({ id: new URL(id).pathname, ...rest }).toEqual({ ...bundle, id: pathOf(bundle) });
  });

  it("changes what is given and leaves the rest; tags are replaced, all of them; the value is not answered", async () => {
    const first = await read(
      await ask("operator", "PUT", "/secrets/app-key", {
        value: "second",
        tags: { a: "1", b: "2" },
        contentType: "text/plain",
      }),
    );
    time += 60_000;
    const updated = await read(
      await ask("operator", "PATCH", pathOf(first), { tags: { c: "3" }, attributes: { exp: 1_900_000_000 } }),
    );
    expect(updated).toEqual({
      id: first.id,
      tags: { c: "3" },
      contentType: "text/plain",
      attributes: { ...first.attributes, exp: 1_900_000_000, updated: time / 1000 },
    });
    await ask("operator", "PATCH", "/secrets/app-key/", { contentType: "other" });
    expect(await read(await ask("app", "GET", "/secrets/app-key"))).toEqual({
      ...updated,
      value: "second",
      contentType: "other",
    });
  });

  it("gives no disabled version to anybody; current stays the newest, disabled or not", async () => {
    const old = await read(await ask("app", "GET", "/secrets/app-key"));
    const current = await read(await ask("operator", "PUT", "/secrets/app-key", { value: "second" }));
    expect((await ask("operator", "PATCH", pathOf(old), { attributes: { enabled: false } })).status).toBe(
      200,
    );
    expect((await read(await ask("app", "GET", "/secrets/app-key"))).value).toBe("second");
    for (const identity of ["app", "operator"]) {
      const refused = await ask(identity, "GET", pathOf(old));
      expect(refused.status).toBe(403);
      expect(await refused.json()).toEqual({
        error: {
          code: "Forbidden",
          message: "Operation get is not allowed on a disabled secret.",
          innererror: { code: "SecretDisabled" },
        },
      });
    }
    await ask("operator", "PATCH", pathOf(current), { attributes: { enabled: false } });
    expect((await ask("app", "GET", "/secrets/app-key")).status).toBe(403);
    await ask("operator", "PATCH", pathOf(current), { attributes: { enabled: true } });
    expect((await ask("app", "GET", "/secrets/app-key")).status).toBe(200);
  });

  it("lists them for the operator, without values", async () => {
    const set = await read(
      await ask("operator", "PUT", "/secrets/app-key", { value: "second", tags: { a: "b" } }),
    );
    const list = await ask("operator", "GET", "/secrets/App-Key/versions");
    const text = await list.text();
    expect(JSON.parse(text)).toEqual({
      value: [
        { id: expect.stringMatching(/\/secrets\/app-key\/[0-9a-f]{32}$/), attributes: expect.anything() },
        { id: set.id, attributes: set.attributes, tags: { a: "b" } },
      ],
      nextLink: null,
    });
    expect(text).not.toMatch(/first|second/);
    const none = await ask("operator", "GET", "/secrets/no-such-secret/versions");
    expect([none.status, await none.json()]).toEqual([200, { value: [], nextLink: null }]);
  });

  it.each([
    ["lets no app list them", "app", "GET", "/secrets/app-key/versions", undefined, 403],
    ["lets no app change one", "app", "PATCH", "/secrets/app-key/", { tags: {} }, 403],
    ["changes what is there", "operator", "PATCH", "/secrets/app-key/0123", { tags: {} }, 404],
    ["changes a version, not a name", "operator", "PATCH", "/secrets/app-key", { tags: {} }, 405],
    ["changes no value", "operator", "PATCH", "/secrets/app-key/", { value: "third" }, 400],
    ["refuses what is no JSON", "operator", "PATCH", "/secrets/app-key/", "{", 400],
    [
      "refuses a state that is none",
      "operator",
      "PATCH",
      "/secrets/app-key/",
      { attributes: { enabled: 1 } },
      400,
    ],
    ["refuses what is too long", "operator", "PATCH", "/secrets/app-key/", "x".repeat(300_000), 400],
  ])("%s", async (_what, identity, method, path, body, status) => {
    expect((await ask(identity, method, path, body)).status).toBe(status);
    expect(vault.secret("app-key")).toBe("first");
  });

  it("names the members that it does not store, and quotes no value", async () => {
    const refused = await ask("operator", "PUT", "/secrets/app-key", {
      value: "secret-value",
      managed: "secret-value",
      kid: 1,
    });
    const text = await refused.text();
    expect(text).toContain('\\"managed\\", \\"kid\\"');
    expect(text).not.toContain("secret-value");
  });

  it("opens a file of before there was anything but a value, and none with nonsense", async () => {
    await vault.close();
    const file = join(directory, "secrets.json");
    const version = { version: "0123456789abcdef0123456789abcdef", value: "kept", created: 1_700_000_000 };
    const write = (more: object) =>
      writeFileSync(
        file,
        JSON.stringify({ schema: 1, secrets: [{ name: "app-key", versions: [{ ...version, ...more }] }] }),
      );
    write({ tags: { a: 1 } });
    await expect(start()).rejects.toThrow(file);
    write({ enabled: "no" });
    await expect(start()).rejects.toThrow(file);
    write({});
    vault = await start();
    expect(await read(await ask("app", "GET", "/secrets/app-key"))).toMatchObject({
      value: "kept",
      attributes: { enabled: true, created: 1_700_000_000, updated: 1_700_000_000 },
    });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ schema: 1 });
  });

  it("issues tokens for the resource manager, which open no secret, and tells whose they are", async () => {
    const management = "https://management.azure.com";
    const token = await tokenOf("operator", management);
    const refused = await fetch(`${vault.url}/secrets/app-key?api-version=7.4`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(refused.status).toBe(401);
    expect(vault.identityOfToken(token, management)).toBe("operator");
    expect(vault.identityOfToken(token, "https://storage.azure.com")).toBeUndefined();
    expect(vault.identityOfToken(await tokenOf("app"), management)).toBeUndefined();
    expect(vault.identityOfToken("a.b.c", management)).toBeUndefined();
  });
});
