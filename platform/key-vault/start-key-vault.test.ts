import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { startKeyVault, type KeyVault, type KeyVaultOptions } from "./start-key-vault.ts";

const RESOURCE = "https://vault.azure.net";
const SECRET = "mongodb://user:pass-word@127.0.0.1/patient";

describe("startKeyVault", () => {
  let directory: string;
  let time: number;
  let open: KeyVault[];

  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), "specimen-vault-")), "vault");
    time = Date.parse("2026-11-20T12:00:00Z");
    open = [];
  });

  afterEach(async () => {
    await Promise.all(open.map((vault) => vault.close()));
    rmSync(join(directory, ".."), { recursive: true });
  });

  async function start(options: Partial<KeyVaultOptions> = {}): Promise<KeyVault> {
    const vault = await startKeyVault({
      directory,
      seed: { "patient-mongodb-uri": SECRET, "audit-host-key": () => "generated-audit-key" },
      grants: { "patient-app": ["patient-mongodb-uri"], gateway: ["audit-host-key"], operator: ["*"] },
      now: () => time,
      ...options,
    });
    open.push(vault);
    return vault;
  }

  const requestToken = (
    vault: KeyVault,
    header: string | undefined,
    query = `api-version=2019-08-01&resource=${RESOURCE}`,
  ) =>
    fetch(
      `${vault.identityEndpoint}?${query}`,
      header === undefined ? {} : { headers: { "X-IDENTITY-HEADER": header } },
    );

  async function tokenOf(vault: KeyVault, identity: string): Promise<string> {
    const answer = await json(await requestToken(vault, vault.identityHeader(identity)));
    return String(answer.access_token);
  }

  async function ask(
    vault: KeyVault,
    path: string,
    token?: string,
    init: RequestInit = {},
  ): Promise<Response> {
    return fetch(`${vault.url}${path}`, {
      ...init,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  }

  const put = (vault: KeyVault, path: string, token: string, body: string) =>
    ask(vault, path, token, { method: "PUT", body });

  describe("identity endpoint", () => {
    it("issues a token for the identity that the header stands for", async () => {
      const vault = await start();
      const response = await requestToken(vault, vault.identityHeader("patient-app"));
      const answer = await json(response);
      expect(response.status).toBe(200);
      expect(answer).toEqual({
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expires_on: String(time / 1000 + 900),
        resource: RESOURCE,
        token_type: "Bearer",
        client_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
      });
    });

    it("refuses what App Service refuses", async () => {
      const vault = await start();
      const header = vault.identityHeader("gateway");
      expect((await requestToken(vault, undefined)).status).toBe(401);
      expect((await requestToken(vault, `${header.slice(1)}0`)).status).toBe(403);
      expect((await requestToken(vault, "x")).status).toBe(403);
      expect((await requestToken(vault, header, `resource=${RESOURCE}`)).status).toBe(400);
      expect((await requestToken(vault, header, `api-version=2017-09-01&resource=${RESOURCE}`)).status).toBe(
        400,
      );
      expect((await requestToken(vault, header, "api-version=2019-08-01")).status).toBe(400);
      expect(
        (await requestToken(vault, header, "api-version=2019-08-01&resource=https://example.org")).status,
      ).toBe(400);
      const other = `api-version=2019-08-01&resource=${RESOURCE}&client_id=someone-else`;
      expect((await requestToken(vault, header, other)).status).toBe(400);
    });

    it("has one unguessable header per identity, new at each start, and none for a stranger", async () => {
      const [first, second] = [await start(), await start()];
      expect(first.identityHeader("gateway")).toMatch(/^[0-9a-f]{64}$/);
      expect(first.identityHeader("gateway")).not.toBe(first.identityHeader("patient-app"));
      expect(first.identityHeader("gateway")).not.toBe(second.identityHeader("gateway"));
      expect(() => first.identityHeader("stranger")).toThrow('no identity "stranger"');
    });

    it("serves ManagedIdentityCredential of @azure/identity unchanged", async () => {
      // The library judges the token by the system's clock.
      const vault = await start({ now: Date.now });
      const script = `
        import { ManagedIdentityCredential } from "@azure/identity";
        const { token } = await new ManagedIdentityCredential().getToken("${RESOURCE}/.default");
        const response = await fetch("${vault.url}/secrets/patient-mongodb-uri?api-version=7.4", {
          headers: { authorization: "Bearer " + token } });
        process.stdout.write(response.status + " " + (await response.json()).value);`;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--input-type=module", "--eval", script],
        {
          cwd: import.meta.dirname,
          env: {
            PATH: process.env.PATH,
            IDENTITY_ENDPOINT: vault.identityEndpoint,
            IDENTITY_HEADER: vault.identityHeader("patient-app"),
          },
        },
      );
      expect(stdout).toBe(`200 ${SECRET}`);
    });
  });

  describe("authentication", () => {
    it("challenges a request without a token", async () => {
      const vault = await start();
      const response = await ask(vault, "/secrets/patient-mongodb-uri?api-version=7.4");
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toMatch(
        /^Bearer authorization="https:\/\/[^"]+", resource="https:\/\/vault\.azure\.net"$/,
      );
      expect(await json(response)).toEqual({
        error: { code: "Unauthorized", message: "AKV10000: Request is missing a Bearer or PoP token." },
      });
    });

    it("refuses a token from its expiry on", async () => {
      const vault = await start({ tokenLifetimeSeconds: 60 });
      const token = await tokenOf(vault, "patient-app");
      time += 59_999;
      expect((await ask(vault, "/secrets/patient-mongodb-uri?api-version=7.4", token)).status).toBe(200);
      time += 1;
      const response = await ask(vault, "/secrets/patient-mongodb-uri?api-version=7.4", token);
      expect(response.status).toBe(401);
      expect(await json(response)).toMatchObject({
        error: { message: expect.stringContaining("TokenExpired") },
      });
    });

    it("refuses forged tokens", async () => {
      const [vault, other] = [await start(), await start()];
      const [header = "", payload = "", signature = ""] = (await tokenOf(vault, "patient-app")).split(".");
      const operator = (await tokenOf(vault, "operator")).split(".")[1] ?? "";
      const none = encode({ alg: "none", typ: "JWT" });
      const forgeries = [
        "x",
        "..",
        `${header}.${payload}.`,
        `${header}.${payload}.${signature}.${signature}`,
        `${header}.${operator}.${signature}`,
        `${none}.${operator}.`,
        `${none}.${operator}.${signature}`,
        `${header}.${payload}.${createHmac("sha256", "").update(`${header}.${payload}`).digest("base64url")}`,
        await tokenOf(other, "operator"),
      ];
      for (const forgery of forgeries) {
        const response = await ask(vault, "/secrets/patient-mongodb-uri?api-version=7.4", forgery);
        expect([forgery, response.status]).toEqual([forgery, 401]);
        expect(await response.text()).not.toContain(forgery.slice(0, 20) || "nothing");
      }
    });
  });

  describe("secrets", () => {
    it("gives a granted secret, by name without regard to case, and by version", async () => {
      const vault = await start();
      const token = await tokenOf(vault, "patient-app");
      const response = await ask(vault, "/secrets/Patient-MongoDB-Uri?api-version=7.4", token);
      const bundle = await json(response);
      expect(response.status).toBe(200);
      expect(bundle).toEqual({
        value: SECRET,
        id: expect.stringMatching(new RegExp(`^${vault.url}/secrets/patient-mongodb-uri/[0-9a-f]{32}$`)),
        attributes: expect.objectContaining({ enabled: true, created: time / 1000, updated: time / 1000 }),
      });
      const byVersion = await ask(vault, `${new URL(String(bundle.id)).pathname}?api-version=7.4`, token);
      expect(await json(byVersion)).toEqual(bundle);
      const trailingSlash = await ask(vault, "/secrets/patient-mongodb-uri/?api-version=7.4", token);
      expect(await json(trailingSlash)).toEqual(bundle);
    });

    it("answers 403 for a secret that is not granted, whether it exists or not", async () => {
      const vault = await start();
      const token = await tokenOf(vault, "patient-app");
      for (const name of ["audit-host-key", "no-such-secret"]) {
        const response = await ask(vault, `/secrets/${name}?api-version=7.4`, token);
        expect(response.status).toBe(403);
        expect(await json(response)).toMatchObject({
          error: { code: "Forbidden", innererror: { code: "ForbiddenByRbac" } },
        });
      }
      expect((await ask(vault, "/secrets?api-version=7.4", token)).status).toBe(403);
      expect(
        (await put(vault, "/secrets/patient-mongodb-uri?api-version=7.4", token, '{"value":"x"}')).status,
      ).toBe(403);
      expect(vault.secret("patient-mongodb-uri")).toBe(SECRET);
    });

    it("answers 404 for an unknown name or version", async () => {
      const vault = await start();
      const token = await tokenOf(vault, "operator");
      for (const path of [
        "/secrets/no-such-secret",
        "/secrets/audit-host-key/0123456789abcdef0123456789abcdef",
      ]) {
        const response = await ask(vault, `${path}?api-version=7.4`, token);
        expect(response.status).toBe(404);
        expect(await json(response)).toMatchObject({ error: { code: "SecretNotFound" } });
      }
      expect((await ask(vault, "/keys/some?api-version=7.4", token)).status).toBe(404);
      expect((await ask(vault, "/secrets/a/b/c?api-version=7.4", token)).status).toBe(404);
    });

    it("answers 400 for a missing or unknown api-version and for an impossible name", async () => {
      const vault = await start();
      const token = await tokenOf(vault, "operator");
      for (const path of [
        "/secrets/audit-host-key",
        "/secrets/audit-host-key?api-version=1",
        "/secrets/a%00b?api-version=7.4",
      ]) {
        const response = await ask(vault, path, token);
        expect(response.status).toBe(400);
        expect(await json(response)).toMatchObject({ error: { code: "BadParameter" } });
      }
      expect(
        (await ask(vault, "/secrets/audit-host-key?api-version=7.4", token, { method: "DELETE" })).status,
      ).toBe(405);
    });

    it("lets the operator set versions and list names, never values", async () => {
      const vault = await start();
      const token = await tokenOf(vault, "operator");
      const path = "/secrets/audit-host-key?api-version=7.4";
      const before = await json(await ask(vault, path, token));
      const set = await put(vault, path, token, '{"value":"second-value"}');
      expect(set.status).toBe(200);
      expect(await json(await ask(vault, path, token))).toEqual(await json(set));
      expect(
        await json(await ask(vault, `${new URL(String(before.id)).pathname}?api-version=7.4`, token)),
      ).toEqual(before);
      const list = await json(await ask(vault, "/secrets?api-version=7.4", token));
      expect(list).toMatchObject({
        value: [
          { id: `${vault.url}/secrets/audit-host-key` },
          { id: `${vault.url}/secrets/patient-mongodb-uri` },
        ],
      });
      expect(JSON.stringify(list)).not.toContain("second-value");
    });

    it.each([
      ["no JSON", "{"],
      ["no value", "{}"],
      ["a value that is no string", '{"value":1}'],
      ["what it would lose", '{"value":"x","managed":true}'],
      ["tags that are no strings", '{"value":"x","tags":{"a":1}}'],
      ["tags in a list", '{"value":"x","tags":["a"]}'],
      [
        "more tags than fit",
        JSON.stringify({ value: "x", tags: Object.fromEntries([...Array(16).keys()].map((i) => [i, "a"])) }),
      ],
      ["a time that is none", '{"value":"x","attributes":{"exp":"tomorrow"}}'],
      ["a state that is none", '{"value":"x","attributes":{"enabled":"no"}}'],
      ["an attribute that it would lose", '{"value":"x","attributes":{"recoverableDays":7}}'],
      ["a content type that is no text", '{"value":"x","contentType":{}}'],
      ["a list", '["value"]'],
      ["a value over 25k bytes", JSON.stringify({ value: "x".repeat(25_601) })],
      ["a body over the limit", JSON.stringify({ value: "x".repeat(1_000_000) })],
    ])("refuses to set %s", async (_, body) => {
      const vault = await start();
      const response = await put(
        vault,
        "/secrets/new-secret?api-version=7.4",
        await tokenOf(vault, "operator"),
        body,
      );
      expect(response.status).toBe(400);
      expect(() => vault.secret("new-secret")).toThrow('no secret "new-secret"');
    });
  });

  describe("state", () => {
    it("survives a restart with its versions, in a file that only its owner reads", async () => {
      const first = await start();
      await put(
        first,
        "/secrets/audit-host-key?api-version=7.4",
        await tokenOf(first, "operator"),
        '{"value":"rotated"}',
      );
      await first.close();
      const second = await start({
        seed: { "patient-mongodb-uri": "mongodb://elsewhere", "audit-host-key": () => "unused" },
      });
      expect(second.secret("audit-host-key")).toBe("rotated");
      expect(second.secret("patient-mongodb-uri")).toBe("mongodb://elsewhere");
      expect(readdirSync(directory)).toEqual(["secrets.json"]);
      expect(statSync(join(directory, "secrets.json")).mode & 0o777).toBe(0o600);
      const stored: unknown = JSON.parse(readFileSync(join(directory, "secrets.json"), "utf8"));
      const two = [expect.anything(), expect.anything()];
      expect(stored).toMatchObject({ secrets: [{ versions: two }, { versions: two }] });
    });

    it("does not start on a file that it did not write, and quotes nothing of it", async () => {
      await (await start()).close();
      const file = join(directory, "secrets.json");
      for (const content of [
        "{ my-secret",
        '{"schema":1,"secrets":[{"name":"my-secret"}]}',
        '{"schema":9}',
        "null",
        "",
      ]) {
        writeFileSync(file, content);
        const failure = await start().catch((error: unknown) => String(error));
        expect(failure).toContain(file);
        expect(failure).not.toContain("my-secret");
      }
    });

    it("does not start with a secret that could never be asked for", async () => {
      await expect(start({ seed: { patient_key: "x" } })).rejects.toThrow(
        '"patient_key" is no name for a secret',
      );
    });

    it("says which port is taken", async () => {
      const port = Number(new URL((await start()).url).port);
      await expect(start({ port })).rejects.toThrow(`cannot listen on port ${port}`);
    });
  });
});

async function json(response: Response): Promise<Record<string, unknown>> {
  const content: unknown = await response.json();
  if (typeof content !== "object" || content === null) throw new Error("expected a JSON object");
  return { ...content };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
