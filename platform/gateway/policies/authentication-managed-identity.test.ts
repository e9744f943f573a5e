import { afterEach, describe, expect, it } from "@jest/globals";
import { refusalOf, startTestGateway } from "../fixtures/test-gateway.ts";
import type { TestGateway, TestGatewayOptions } from "../fixtures/test-gateway.ts";

let gateway: TestGateway | undefined;
const start = async (options: TestGatewayOptions): Promise<TestGateway> =>
  (gateway = await startTestGateway(options));
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

const clock = { time: 0 };
const identity: TestGatewayOptions["handler"] = ({ url }, response) => {
  if (!url.startsWith("/identity")) return response.end();
  const resource = new URL(url, "http://a").searchParams.get("resource");
  if (resource === "https://broken") return response.writeHead(400).end("{}");
  if (resource === "https://nonsense") return response.end("nonsense");
  return response.end(
    JSON.stringify({
      access_token: `token-for-${resource}`,
      expires_on: String(clock.time / 1000 + 100),
      resource,
    }),
  );
};
const inbound = '<authentication-managed-identity resource="https://vault.azure.net" />';

describe("authentication-managed-identity", () => {
  it("asks the identity endpoint once, until the token expires", async () => {
    clock.time = 1_000_000;
    const { call, seen } = await start({ inbound, handler: identity, clock });
    await call("/things/1", { headers: { authorization: "Bearer of the client" } });
    await call("/things/1");
    clock.time += 99_000;
    await call("/things/1");
    const asked = seen.filter(({ url }) => url.startsWith("/identity"));
    expect(asked.map(({ url }) => url)).toEqual(
      Array(2).fill("/identity?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net"),
    );
    expect(asked[0]?.headers["x-identity-header"]).toBe("identity-secret");
    expect(seen.filter(({ url }) => url === "/base/1").map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill("Bearer token-for-https://vault.azure.net"),
    );
  });

  it("shares one fetch among those who wait", async () => {
    const { call, seen } = await start({ inbound, handler: identity, clock });
    await Promise.all([call("/things/1"), call("/things/2"), call("/things/3")]);
    expect(seen.filter(({ url }) => url.startsWith("/identity"))).toHaveLength(1);
  });

  it("puts the token into a variable", async () => {
    const { call, seen } = await start({
      inbound: `
        <authentication-managed-identity resource="https://a" client-id="me" output-token-variable-name="token" />
        <set-header name="x-token"><value>@((string)context.Variables["token"])</value></set-header>`,
      handler: identity,
      clock,
    });
    await call("/things/1");
    expect(seen[0]?.url).toContain("client_id=me");
    expect(seen[1]?.headers["x-token"]).toBe("token-for-https://a");
    expect(seen[1]?.headers).not.toHaveProperty("authorization");
  });

  it.each(["https://broken", "https://nonsense"])(
    "fails without a token for %s, unless errors are ignored",
    async (resource) => {
      const { call } = await start({
        inbound: `
        <choose><when condition="@(context.Request.Method == "POST")"><authentication-managed-identity resource="${resource}" ignore-error="true" /></when>
        <otherwise><authentication-managed-identity resource="${resource}" /></otherwise></choose>`,
        handler: identity,
        clock,
      });
      expect((await call("/things/1")).status).toBe(500);
      expect((await call("/things", { method: "POST" })).status).toBe(200);
    },
  );

  it("needs a resource", async () => {
    expect(await refusalOf({ inbound: "<authentication-managed-identity />" })).toContain(
      "lacks its attribute resource",
    );
  });
});
