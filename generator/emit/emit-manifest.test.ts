import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { editWard, removeProjects, type ProjectFiles } from "../fixtures/project.ts";
import { WARD_PROJECT } from "../fixtures/ward-project.ts";
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
      { name: "ward-app", secrets: ["ward-mongodb-uri", "ward-hash-key", "audit-host-key"], keys: [] },
      { name: "gateway", secrets: ["ward-gateway-key"], keys: [] },
    ]);
  });

  it("lets the register alone sign, seal ids and write checkpoints", async () => {
    const contract = WARD_PROJECT["openapi/ward.yaml"] ?? "";
    const policies = WARD_PROJECT["apim-policies/apis/ward.xml"] ?? null;
    const manifest = await manifestOf({
      "openapi/ward.yaml": null,
      "openapi/audit.yaml": contract.replaceAll("/ward/", "/audit/").replaceAll("  /sweep:", "  /sweep:"),
      "apim-policies/apis/ward.xml": null,
      "apim-policies/apis/audit.xml": policies,
    });
    expect(manifest.apis[0]?.app.settings).toEqual([
      "KEY_VAULT_URL",
      "MONGODB_DATABASE",
      "CHECKPOINT_STORAGE_URL",
    ]);
    expect(manifest.identities).toEqual([
      {
        name: "audit-app",
        secrets: ["audit-mongodb-uri", "audit-hash-key", "audit-subject-key"],
        keys: ["audit-signing-key"],
      },
      { name: "gateway", secrets: ["audit-gateway-key"], keys: [] },
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
