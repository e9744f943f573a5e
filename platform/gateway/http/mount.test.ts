import { afterEach, describe, expect, it } from "@jest/globals";
import { refusalOf, startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway } from "../fixtures/test-gateway.ts";
import type { ServeMount } from "./mount.ts";

let gateway: TestGateway | undefined;
const start = async (mounts: Record<string, ServeMount>): Promise<TestGateway> =>
  (gateway = await startTestGateway({ settings: { mounts, staticMounts: { "/files": "/nowhere" } } }));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const naming =
  (name: string): ServeMount =>
  async (path, request, response) => {
    request.resume();
    response.end(`${name} ${path}`);
    await Promise.resolve();
  };

describe("mounts", () => {
  it("answer their path and what is below it, before the APIs and without a key", async () => {
    const { call } = await start({ "/pages": naming("pages") });
    expect((await call("/pages", { key: null })).body).toBe("pages /pages");
    expect((await call("/pages/a%20b/?c=d", { key: null })).body).toBe("pages /pages/a%20b/");
    expect((await call("/pagesandmore", { key: null })).status).toBe(404);
    expect((await call("/files/page")).body).toContain("Not found");
  });

  it("go by the longest prefix", async () => {
    const { call } = await start({ "/pages": naming("outer"), "/pages/in": naming("inner") });
    expect((await call("/pages/in/x")).body).toBe("inner /pages/in/x");
    expect((await call("/pages/inner")).body).toBe("outer /pages/inner");
  });

  it("answer 500 when they fail, and close the connection when it is too late for that", async () => {
    const { call } = await start({
      "/thrown": () => {
        throw new Error("at once");
      },
      "/rejected": () => Promise.reject(new Error("later")),
      "/late": (_path, _request, response) => {
        response.writeHead(200, { "content-length": "10" }).write("half");
        return Promise.reject(new Error("too late"));
      },
    });
    const answer = { status: 500, body: '{ "statusCode": 500, "message": "Internal server error" }' };
    expect(await call("/thrown")).toMatchObject(answer);
    expect(await call("/rejected")).toMatchObject(answer);
    await expect(call("/late")).rejects.toThrow();
  });

  it("are refused where an API or another mount is, and when their prefix is none", async () => {
    const serve = naming("pages");
    expect(await refusalOf({ settings: { mounts: { "/things/pages": serve } } })).toBe(
      "mount /things/pages: its path belongs to the API things",
    );
    expect(
      await refusalOf({ settings: { mounts: { "/pages": serve }, staticMounts: { "/pages": "/nowhere" } } }),
    ).toBe("mount /pages: a directory is mounted there already");
    for (const prefix of ["", "/", "pages", "/pages/", "/pages?a"])
      expect(await refusalOf({ settings: { mounts: { [prefix]: serve } } })).toBe(
        `mount ${prefix}: expected a path without a slash at its end: /portal`,
      );
  });
});
