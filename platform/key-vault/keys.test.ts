import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createHash, createPublicKey, verify, type JsonWebKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startKeyVault, type KeyVault } from "./start-key-vault.ts";

const MESSAGE = "a checkpoint";
const DIGEST = createHash("sha256").update(MESSAGE).digest("base64url");

interface KeyBundle {
  key: JsonWebKey & { kid: string };
}

describe("keys of the vault", () => {
  let directory: string;
  let vault: KeyVault;

  const start = () =>
    startKeyVault({
      directory,
      seed: {},
      grants: { "audit-app": ["audit-host-key"], "patient-app": ["patient-host-key"], operator: ["*"] },
      seedKeys: ["signing-key"],
      keyGrants: { "audit-app": ["signing-key"] },
    });

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "specimen-keys-"));
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

  async function ask(
    identity: string,
    path: string,
    body?: unknown,
    method = body === undefined ? "GET" : "POST",
  ): Promise<Response> {
    return fetch(`${vault.url}${path}?api-version=7.4`, {
      headers: { authorization: `Bearer ${await tokenOf(identity)}`, "content-type": "application/json" },
      method,
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  const bundle = async (response: Response) => (await response.json()) as KeyBundle;
  const pathOf = ({ key }: KeyBundle) => new URL(key.kid).pathname;

  function isValid({ key: { kid: _kid, ...jwk } }: KeyBundle, signature: string): boolean {
    const key = createPublicKey({ key: jwk, format: "jwk" });
    return verify(
      "sha256",
      Buffer.from(MESSAGE),
      { key, dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
  }

  it("signs a digest for the identity that is granted the key, and shows its public part alone", async () => {
    const key = await bundle(await ask("audit-app", "/keys/signing-key"));
    expect(key.key).toEqual({
      kid: expect.stringMatching(/\/keys\/signing-key\/[0-9a-f]{32}$/),
      kty: "EC",
      crv: "P-256",
      x: expect.any(String),
      y: expect.any(String),
      key_ops: ["sign", "verify"],
    });
    const signed = await ask("audit-app", `${pathOf(key)}/sign`, { alg: "ES256", value: DIGEST });
    const { kid, value } = (await signed.json()) as { kid: string; value: string };
    expect([kid, isValid(key, value)]).toEqual([key.key.kid, true]);
  });

  it("keeps its keys over a restart, in a file for its owner alone", async () => {
    const before = await bundle(await ask("audit-app", "/keys/signing-key"));
    await vault.close();
    vault = await start();
    const after = await bundle(await ask("audit-app", "/keys/signing-key"));
    expect(after.key.x).toBe(before.key.x);
    expect(statSync(join(directory, "keys.json")).mode & 0o777).toBe(0o600);
  });

  it("rotates: the new version is current, the old one still signs", async () => {
    const old = await bundle(await ask("audit-app", "/keys/signing-key"));
    const rotated = await bundle(await ask("operator", "/keys/signing-key/rotate", {}));
    expect(rotated.key.kid).not.toBe(old.key.kid);
    expect((await bundle(await ask("audit-app", "/keys/signing-key"))).key.kid).toBe(rotated.key.kid);
    const signed = await ask("audit-app", `${pathOf(old)}/sign`, { alg: "ES256", value: DIGEST });
    expect(isValid(old, ((await signed.json()) as { value: string }).value)).toBe(true);
  });

  it("signs with no disabled version, whose public part is still read, also after a restart", async () => {
    const old = await bundle(await ask("audit-app", "/keys/signing-key"));
    const rotated = await bundle(await ask("operator", "/keys/signing-key/rotate", {}));
    const changed = await ask("operator", pathOf(old), { attributes: { enabled: false } }, "PATCH");
    expect(await changed.json()).toMatchObject({ key: old.key, attributes: { enabled: false } });
    await vault.close();
    vault = await start();
    const signed = (one: KeyBundle) =>
      ask("audit-app", `${pathOf(one)}/sign`, { alg: "ES256", value: DIGEST });
    const refused = await signed(old);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      {
        error: {
          code: "Forbidden",
          message: "Operation sign is not allowed on a disabled key.",
          innererror: { code: "KeyDisabled" },
        },
      },
    ]);
    expect((await bundle(await ask("audit-app", pathOf(old)))).key.x).toBe(old.key.x);
    expect((await signed(rotated)).status).toBe(200);
    await ask("operator", pathOf(old), { attributes: { enabled: true } }, "PATCH");
    expect((await signed(old)).status).toBe(200);
  });

  it("lists its versions for the operator", async () => {
    await ask("operator", "/keys/signing-key/rotate", {});
    const list = (await (await ask("operator", "/keys/signing-key/versions")).json()) as { value: unknown[] };
    const item = {
      kid: expect.stringMatching(/\/keys\/signing-key\/[0-9a-f]{32}$/),
      attributes: expect.anything(),
    };
    expect(list.value).toEqual([item, item]);
    expect((await ask("audit-app", "/keys/signing-key/versions")).status).toBe(403);
  });

  it.each([
    ["by an app", "audit-app", "/keys/signing-key/", { attributes: { enabled: false } }, 403],
    ["that is not there", "operator", "/keys/signing-key/0123", { attributes: { enabled: false } }, 404],
    ["without a state", "operator", "/keys/signing-key/", { attributes: {} }, 400],
    ["to a state that is none", "operator", "/keys/signing-key/", { attributes: { enabled: 0 } }, 400],
    [
      "in what it would lose",
      "operator",
      "/keys/signing-key/",
      { attributes: { enabled: false }, key_ops: [] },
      400,
    ],
    ["with no JSON", "operator", "/keys/signing-key/", "{", 400],
    ["without its version", "operator", "/keys/signing-key", { attributes: { enabled: false } }, 405],
  ])("is not changed %s", async (_what, identity, path, body, status) => {
    expect((await ask(identity, path, body, "PATCH")).status).toBe(status);
    const key = await bundle(await ask("audit-app", "/keys/signing-key"));
    expect((await ask("audit-app", `${pathOf(key)}/sign`, { alg: "ES256", value: DIGEST })).status).toBe(200);
  });

  it.each([
    [
      "signs for nobody else",
      "patient-app",
      "/keys/signing-key/00000000000000000000000000000000/sign",
      {},
      403,
    ],
    ["shows nobody else the key", "patient-app", "/keys/signing-key", undefined, 403],
    ["lets no app make a key", "audit-app", "/keys/signing-key/create", { kty: "EC", crv: "P-256" }, 403],
    ["lets no app rotate one", "audit-app", "/keys/signing-key/rotate", {}, 403],
    ["makes keys of one kind", "operator", "/keys/other/create", { kty: "RSA" }, 400],
    ["rotates what is there", "operator", "/keys/other/rotate", {}, 404],
    [
      "signs with what is there",
      "audit-app",
      "/keys/signing-key/0123/sign",
      { alg: "ES256", value: DIGEST },
      404,
    ],
    ["has no other action", "operator", "/keys/signing-key/export", {}, 404],
    ["refuses a name that is none", "operator", "/keys/a_b", undefined, 400],
  ])("%s", async (_what, identity, path, body, status) => {
    expect((await ask(identity, path, body)).status).toBe(status);
  });

  it.each([
    ["another algorithm", { alg: "RS256", value: DIGEST }],
    ["a digest of another length", { alg: "ES256", value: "AAAA" }],
    ["no text", { alg: "ES256", value: 7 }],
    ["no JSON", "{"],
  ])("refuses to sign %s", async (_what, body) => {
    const key = await bundle(await ask("audit-app", "/keys/signing-key"));
    expect((await ask("audit-app", `${pathOf(key)}/sign`, body)).status).toBe(400);
  });

  it("admits no token that is for another service, and tells the storage whose a token is", async () => {
    const token = await tokenOf("audit-app", "https://storage.azure.com");
    const refused = await fetch(`${vault.url}/keys/signing-key?api-version=7.4`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(refused.status).toBe(401);
    expect(vault.identityOfStorageToken(token)).toBe("audit-app");
    expect(vault.identityOfStorageToken(await tokenOf("audit-app"))).toBeUndefined();
    expect(vault.identityOfStorageToken("a.b.c")).toBeUndefined();
  });

  it("does not start on a file that it did not write, and does not quote it", async () => {
    writeFileSync(join(directory, "keys.json"), '{"schema":1,"keys":[{"d":"private"}]}');
    await expect(start()).rejects.toThrow(/keys\.json: not a keys file/);
    await expect(start()).rejects.not.toThrow(/private/);
    expect(readFileSync(join(directory, "keys.json"), "utf8")).toContain("private");
  });
});
