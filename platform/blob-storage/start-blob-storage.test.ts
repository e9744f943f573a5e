import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startBlobStorage, type BlobStorage } from "./start-blob-storage.ts";

const VERSION = { "x-ms-version": "2025-05-05" };
const NEW = { "x-ms-blob-type": "BlockBlob", "if-none-match": "*" };

describe("startBlobStorage", () => {
  let directory: string;
  let storage: BlobStorage;

  const start = () =>
    startBlobStorage({
      directory,
      containers: ["checkpoints"],
      identityOf: (token) => ({ "token-of-audit": "audit-app", "token-of-patient": "patient-app" })[token],
      grants: { checkpoints: ["audit-app"], nowhere: ["audit-app"] },
    });

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "specimen-blobs-"));
    storage = await start();
  });

  afterEach(async () => {
    await storage.close();
    rmSync(directory, { recursive: true });
  });

  const ask = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(`${storage.url}${path}`, {
      method,
      headers: { authorization: "Bearer token-of-audit", ...VERSION, ...headers },
      ...(body !== undefined && { body }),
    });
  const outcome = (response: Response) => [response.status, response.headers.get("x-ms-error-code")];

  it("keeps a blob, over a restart, for its owner to read", async () => {
    expect((await ask("PUT", "/checkpoints/0001.json", '{"a":1}', NEW)).status).toBe(201);
    await storage.close();
    storage = await start();
    const response = await ask("GET", "/checkpoints/0001.json");
    expect([response.status, await response.json()]).toEqual([200, { a: 1 }]);
    expect(statSync(join(directory, "checkpoints/0001.json")).mode & 0o777).toBe(0o400);
    expect((await ask("HEAD", "/checkpoints/0001.json")).headers.get("content-length")).toBe("7");
  });

  it("lets nobody change or delete it", async () => {
    await ask("PUT", "/checkpoints/a.json", "first", NEW);
    expect(outcome(await ask("PUT", "/checkpoints/a.json", "second", NEW))).toEqual([
      409,
      "BlobAlreadyExists",
    ]);
    const unconditional = await ask("PUT", "/checkpoints/a.json", "second", {
      "x-ms-blob-type": "BlockBlob",
    });
    expect(outcome(unconditional)).toEqual([409, "BlobImmutableDueToPolicy"]);
    expect(outcome(await ask("DELETE", "/checkpoints/a.json"))).toEqual([409, "BlobImmutableDueToPolicy"]);
    expect(await (await ask("GET", "/checkpoints/a.json")).text()).toBe("first");
    expect(readdirSync(join(directory, "checkpoints"))).toEqual(["a.json"]);
  });

  it("lets one of many writers that race make it", async () => {
    const racers = Array.from({ length: 20 }, (_, index) =>
      ask("PUT", "/checkpoints/race.json", `${index}`, NEW),
    );
    const statuses = (await Promise.all(racers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(19);
  });

  it("lists names in order, by prefix, a page at a time", async () => {
    for (const name of ["b/2.json", "b/1.json", "a.json"]) await ask("PUT", `/checkpoints/${name}`, "x", NEW);
    const list = async (query: string) =>
      (await ask("GET", `/checkpoints?restype=container&comp=list${query}`)).text();
    expect([...(await list("")).matchAll(/<Name>(.*?)<\/Name>/g)].map(([, name]) => name)).toEqual([
      "a.json",
      "b/1.json",
      "b/2.json",
    ]);
    expect(await list("&prefix=b/&maxresults=1")).toContain("<NextMarker>b/1.json</NextMarker>");
    expect(await list("&prefix=b/&maxresults=1&marker=b/1.json")).toMatch(
      /b\/2\.json.*<NextMarker><\/NextMarker>/,
    );
  });

  it.each([
    ["no token", { authorization: "" }, "/checkpoints/a", 401],
    ["a token that is none", { authorization: "Bearer other" }, "/checkpoints/a", 401],
    ["an identity without a grant", { authorization: "Bearer token-of-patient" }, "/checkpoints/a", 403],
    ["a container without a grant", {}, "/other/a", 403],
    ["a container that is not there", {}, "/nowhere/a", 404],
    ["a blob that is not there", {}, "/checkpoints/a", 404],
    ["a way out of the container", {}, "/checkpoints/..%2f..%2fsecrets", 400],
    ["a name of the storage's own", {}, "/checkpoints/.new-1", 400],
    ["no version of the interface", { "x-ms-version": undefined }, "/checkpoints/a", 400],
    ["a page of no size", {}, "/checkpoints?restype=container&comp=list&maxresults=0", 400],
  ])("refuses %s", async (_what, headers, path, status) => {
    const sent = Object.entries({ authorization: "Bearer token-of-audit", ...VERSION, ...headers });
    const response = await fetch(`${storage.url}${path}`, {
      headers: sent.flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as [string, string]],
      ),
    });
    expect(response.status).toBe(status);
  });

  it("refuses what is no block blob, or too large", async () => {
    expect((await ask("PUT", "/checkpoints/a", "x")).status).toBe(400);
    expect(outcome(await ask("PUT", "/checkpoints/a", "x".repeat(5_000_000), NEW))).toEqual([
      413,
      "RequestBodyTooLarge",
    ]);
    expect((await ask("GET", "/checkpoints/a")).status).toBe(404);
  });
});
