import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { rawRequest } from "../fixtures/raw-request.ts";
import { startTestGateway } from "../fixtures/test-gateway.ts";
import type { Answer, Call, TestGateway } from "../fixtures/test-gateway.ts";

let root: string;
let gateway: TestGateway;
const get = (path: string, call: Call = {}): Promise<Answer> => gateway.call(path, { key: null, ...call });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "specimen-static-"));
  const portal = join(root, "portal");
  await mkdir(join(portal, "errors", "patient-not-found"), { recursive: true });
  await mkdir(join(portal, "empty"));
  await writeFile(join(root, "secret.txt"), "secret");
  await writeFile(join(portal, "index.html"), "<h1>portal</h1>");
  await writeFile(join(portal, "app.js"), "1;");
  await writeFile(join(portal, ".hidden"), "hidden");
  await writeFile(join(portal, "errors", "patient-not-found", "index.html"), "patient");
  await writeFile(join(portal, "errors", "gone.html"), "gone");
  await symlink(join(root, "secret.txt"), join(portal, "link.txt"));
  gateway = await startTestGateway({ settings: { staticMounts: { "/portal": portal } } });
});
afterAll(async () => {
  await gateway.close();
  await rm(root, { recursive: true });
});

describe("StaticMount", () => {
  it("serves files with their types, and HEAD without a body", async () => {
    expect(await get("/portal/")).toMatchObject({
      status: 200,
      body: "<h1>portal</h1>",
      headers: { "content-type": "text/html; charset=utf-8" },
    });
    expect(await get("/portal/app.js?v=1")).toMatchObject({
      status: 200,
      headers: { "content-type": "text/javascript; charset=utf-8" },
    });
    expect(await get("/portal/app.js", { method: "HEAD" })).toMatchObject({
      status: 200,
      body: "",
      headers: { "content-length": "2" },
    });
  });

  it("finds pages behind paths without an extension", async () => {
    expect((await get("/portal/errors/patient-not-found")).body).toBe("patient");
    expect((await get("/portal/errors/patient-not-found/")).body).toBe("patient");
    expect((await get("/portal/errors/gone")).body).toBe("gone");
  });

  it("sends the bare prefix to its directory", async () => {
    expect(await get("/portal")).toMatchObject({ status: 301, headers: { location: "/portal/" } });
  });

  it.each([
    "/portal/nothing",
    "/portal/empty/",
    "/portal/empty",
    "/portal/.hidden",
    "/portal/link.txt",
    "/portal/..%2fsecret.txt",
    "/portal/..%5csecret.txt",
    "/portal/%00",
    "/portal/%",
    "/portal//app.js",
  ])("answers %s with a small 404", async (path) => {
    const answer = await get(path);
    expect(answer).toMatchObject({
      status: 404,
      body: "<!doctype html><title>Not found</title><p>Not found.</p>\n",
    });
  });

  it.each(["/portal/../secret.txt", "/portal/%2e%2e/secret.txt", "/portal/errors/../../secret.txt"])(
    "gives nothing of the directory above to %s",
    async (path) => {
      const answer = await rawRequest(
        gateway.url,
        `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toContain("HTTP/1.1 404");
    },
  );

  it("takes no other method, and no other prefix", async () => {
    expect(await get("/portal/app.js", { method: "POST", body: "x" })).toMatchObject({
      status: 405,
      headers: { allow: "GET, HEAD" },
    });
    expect((await get("/portals/app.js")).body).toContain("Resource not found");
  });
});
