import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { editWard, removeProjects, type ProjectFiles } from "../fixtures/project.ts";
import type { Manifest } from "../model/manifest.ts";

afterAll(removeProjects);

async function manifestOf(files: ProjectFiles = {}): Promise<Manifest> {
  return JSON.parse((await emitWard(files)).get("manifest.json") ?? "") as Manifest;
}

describe("the manifest", () => {
  it("says how an API is published and built", async () => {
    const [ward] = (await manifestOf()).apis;
    expect(ward?.app).toEqual({
      bundle: ".build/apps/ward/index.cjs",
      entry: "handlers/ward/index.ts",
      hostJson: "ward/host.json",
      settings: ["KEY_VAULT_URL", "MONGODB_DATABASE", "AUDIT_URL"],
      identity: "ward-app",
    });
    expect(ward?.gateway).toMatchObject({
      path: "ward",
      products: ["nurse"],
      subscriptionRequired: true,
      backend: "ward",
    });
    expect(ward?.gateway?.operations).toEqual([
      { operationId: "listBeds", method: "GET", urlTemplate: "/beds", policy: null },
      {
        operationId: "createBed",
        method: "POST",
        urlTemplate: "/beds",
        policy: "apim/apis/ward/operations/createBed.xml",
      },
      { operationId: "readBed", method: "GET", urlTemplate: "/beds/{bedId}", policy: null },
    ]);
  });

  it("gives each identity the secrets that it needs, and no other", async () => {
    expect((await manifestOf()).identities).toEqual([
      { name: "ward-app", secrets: ["ward-mongodb-uri", "ward-hash-key", "audit-host-key"] },
      { name: "gateway", secrets: ["ward-gateway-key"] },
    ]);
  });

  it("lets the gateway have a host key only where no operation is internal", async () => {
    const gateway = (await manifestOf()).apis[0]?.gateway;
    expect(gateway?.backendKey).toEqual({ secret: "ward-gateway-key", kind: "function" });
    const contract = editWard(
      '  /sweep:\n    post:\n      operationId: sweep\n      summary: Sweep\n      x-internal: true\n      responses:\n        "204": { description: Swept. }\n',
      "",
    );
    const allPublic = (await manifestOf(contract)).apis[0]?.gateway;
    expect(allPublic?.backendKey).toEqual({ secret: "ward-host-key", kind: "host" });
  });

  it("names the values that policies take from the environment", async () => {
    const files = {
      "apim-policies/products/nurse.xml":
        '<policies><inbound><base /><set-variable name="a" value="@(&quot;{{vault-url}}&quot;)" /></inbound></policies>',
    };
    expect((await manifestOf(files)).namedValues).toEqual([
      { name: "bed-calls", kind: "setting" },
      { name: "forward-timeout", kind: "setting" },
      { name: "vault-url", kind: "address" },
    ]);
    const environment = (await emitWard(files)).get("environment.ts");
    expect(environment).toContain('readonly "bed-calls": string;');
    expect(environment).not.toContain("vault-url");
  });
});
