import { afterEach, describe, expect, it } from "@jest/globals";
import { caught } from "../../../runtime/testing/caught.ts";
import { localServer, type Answer, type LocalServer } from "../../../runtime/testing/local-server.ts";
import { keyVaultSigner } from "./key-vault-signer.ts";

let server: LocalServer;
afterEach(() => server.close());

const token = () => Promise.resolve("a token");
const KEY = { kid: "https://vault/keys/signing/0af7", kty: "EC", crv: "P-256", x: "eA", y: "eQ" };
const json = (body: unknown, status = 200): Answer => ({ status, body: JSON.stringify(body) });

async function signerFor(answer: Answer, timeoutMs = 10_000) {
  server = await localServer(() => answer);
  return keyVaultSigner({ url: server.url, name: "signing", token, timeoutMs });
}

describe("keyVaultSigner", () => {
  it("asks for the current version, with a token", async () => {
    const signer = await signerFor(json({ key: KEY }));
    expect(await signer.current()).toEqual({
      version: "0af7",
      key: { kty: "EC", crv: "P-256", x: "eA", y: "eQ" },
    });
    expect(server.seen[0]).toMatchObject({ method: "GET", url: "/keys/signing?api-version=7.4" });
    expect(server.seen[0]?.headers.authorization).toBe("Bearer a token");
  });

  it("has the digest signed by a version", async () => {
    const signer = await signerFor(json({ kid: KEY.kid, value: "c2ln" }));
    expect(await signer.sign("0af7", Buffer.alloc(32))).toBe("c2ln");
    expect(server.seen[0]?.url).toBe("/keys/signing/0af7/sign?api-version=7.4");
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      alg: "ES256",
      value: Buffer.alloc(32).toString("base64url"),
    });
  });

  it.each<[string, Answer]>([
    ["a refusal", json({ error: { message: "canary" } }, 403)],
    ["no JSON", { status: 200, body: "canary" }],
    ["null", json(null)],
    ["another kind of key", json({ key: { ...KEY, kty: "RSA" } })],
    ["a key without a version", json({ key: { ...KEY, kid: "canary" } })],
  ])("does not take %s for a key, and repeats nothing of it", async (_, answer) => {
    const signer = await signerFor(answer);
    for (const error of [
      await caught(() => signer.current()),
      await caught(() => signer.sign("1", Buffer.alloc(32))),
    ]) {
      expect(error).toMatchObject({ name: "SigningError" });
      expect(String(error)).not.toContain("canary");
    }
  });

  it("does not wait for ever", async () => {
    const signer = await signerFor("hang", 100);
    expect(await caught(() => signer.current())).toMatchObject({ name: "TimeoutError" });
  });
});
