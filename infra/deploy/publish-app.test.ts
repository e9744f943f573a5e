import { createServer } from "node:http";
import type { Server } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { publishApp } from "./publish-app.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A deployment site that answers one after the other, the last one again and again. */
async function site(published: [number, string], ...polls: [number, string][]) {
  const seen: string[] = [];
  const bodies: Buffer[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    seen.push(
      `${method ?? ""} ${url ?? ""} ${headers.authorization ?? ""} ${headers["content-type"] ?? ""}`.trim(),
    );
    request.on("data", (piece: Buffer) => bodies.push(piece));
    request.on("end", () => {
      const [status, text] =
        method === "POST" ? published : (polls[Math.min(asked++, polls.length - 1)] ?? [500, ""]);
      response.writeHead(status).end(text);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const siteUrl = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
  const waited: number[] = [];
  const publish = () =>
    publishApp({
      siteUrl,
      credential: { getToken: (scope) => Promise.resolve({ token: `token-for-${scope}` }) },
      package: Buffer.from("a package"),
      wait: (milliseconds) => Promise.resolve(void waited.push(milliseconds)),
    });
  return { seen, bodies, waited, publish };
}

const token = "Bearer token-for-https://management.azure.com/.default";

describe("publishApp", () => {
  it("sends the package as it is, with a token, and waits until it is deployed", async () => {
    const { seen, bodies, waited, publish } = await site(
      [202, '"id-1"'],
      [404, ""],
      [503, "<html>"],
      [202, '{"status":2}'],
      [200, '{"status":4}'],
    );
    await publish();
    expect(seen[0]).toBe(`POST /api/publish?RemoteBuild=false ${token} application/zip`);
    expect(Buffer.concat(bodies).toString()).toBe("a package");
    expect(seen.slice(1)).toEqual(Array.from({ length: 5 - 1 }, () => `GET /api/deployments/id-1 ${token}`));
    expect(waited).toHaveLength(3);
  });

  it.each([
    ["-1", "was cancelled"],
    ["3", "failed"],
    ["5", "was refused for another"],
    ["6", "succeeded in part"],
  ])("tells a deployment that ends with %s", async (status, message) => {
    const { publish } = await site([202, ""], [200, `{"status":${status}}`]);
    await expect(publish()).rejects.toThrow(
      new RegExp(`The deployment ${message}.*/api/deployments/latest/log`),
    );
  });

  it("tells a package that was refused", async () => {
    const { publish } = await site([403, "no"]);
    await expect(publish()).rejects.toThrow("answered 403 to the package");
  });

  it("gives up after ten minutes", async () => {
    const { waited, publish } = await site([202, '"id-1"'], [200, '{"status":1}']);
    await expect(publish()).rejects.toThrow("has not ended after 10 minutes");
    expect(waited).toHaveLength(200);
  });

  it("says from where a site is reached", async () => {
    const options = {
      credential: { getToken: () => Promise.resolve({ token: "t" }) },
      package: Buffer.alloc(1),
    };
    await expect(publishApp({ ...options, siteUrl: "http://127.0.0.1:9" })).rejects.toThrow(
      "answers within the network alone",
    );
  });
});
