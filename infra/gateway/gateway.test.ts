import { beforeAll, describe, expect, test } from "@jest/globals";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prod } from "../../environments/prod.ts";
import { readManifest } from "../manifest.ts";
import type { Manifest } from "../manifest.ts";
import { policyText } from "./policy-text.ts";
import { synthesiseGateway } from "./testing/synthesise-gateway.ts";
import type { SynthesisedGateway } from "./testing/synthesise-gateway.ts";

const project = join(import.meta.dirname, "../..");
const generatedDirectory = join(project, "generated");
let manifest: Manifest;
let gateway: SynthesisedGateway;

beforeAll(async () => {
  manifest = await readManifest(project);
  gateway = synthesiseGateway({ manifest, generatedDirectory });
});

const POLICIES = [
  "api_management_policy",
  "api_management_product_policy",
  "api_management_api_policy",
  "api_management_api_operation_policy",
];

function all(type: string, from = gateway) {
  return Object.entries(from.resources(type)).map(([name, block]) => ({
    name,
    ...JSON.parse(JSON.stringify(block)),
  }));
}

describe("API Management", () => {
  test("is public, the rest of its switches are off, and it calls out through its subnet", () => {
    const [service] = all("api_management");
    expect(service).toMatchObject({
      sku_name: "StandardV2_1",
      public_network_access_enabled: true,
      virtual_network_type: "External",
      virtual_network_configuration: { subnet_id: expect.stringContaining("subnets/gateway") },
      identity: { type: "SystemAssigned" },
    });
    expect(new Set(Object.values(service.security))).toEqual(new Set([false]));
  });

  test("has the units of its environment", () => {
    const ours = synthesiseGateway({ manifest, generatedDirectory, environment: prod });
    expect(all("api_management", ours)[0]).toMatchObject({
      sku_name: `StandardV2_${prod.azure.gatewayUnits}`,
    });
  });

  test("its identity may read the secrets that the manifest grants it, and send telemetry", () => {
    const granted = manifest.identities.find(({ name }) => name === "gateway")?.secrets ?? [];
    const roles = all("role_assignment").map(
      (one) => `${one.role_definition_name} ${one.scope.split("specimen/")[1]}`,
    );
    expect(roles.sort()).toEqual([
      ...granted.map((secret) => `Key Vault Secrets User secrets/${secret}`).sort(),
      "Monitoring Metrics Publisher insights",
    ]);
  });

  test("no subscription is made, and nothing is a secret", () => {
    expect(all("api_management_subscription")).toEqual([]);
    expect(gateway.text).not.toMatch(
      /instrumentation_?key|primary_|secondary_|password|value_from_key_vault/i,
    );
    expect(all("api_management_named_value").every(({ secret }) => secret === false)).toBe(true);
  });
});

describe("APIs", () => {
  test("each is imported from its generated document, unchanged", () => {
    for (const { name, gateway: published } of manifest.apis) {
      if (!published) continue;
      const api = all("api_management_api").find(
        (one) => one.name === `api-${name}` || one.path === published.path,
      );
      const path = /file\("(.*)"\)/.exec(api.import.content_value)?.[1] ?? "";
      expect(gateway.asset(path)).toBe(readFileSync(join(generatedDirectory, published.import), "utf8"));
      expect(api).toMatchObject({ protocols: ["https"], revision: "1" });
    }
  });

  test("every operation that has a policy is in its API's import, which is there first", () => {
    for (const policy of all("api_management_api_operation_policy")) {
      const api = /azurerm_api_management_api\.([\w-]+)\.name/.exec(policy.api_name)?.[1] ?? "";
      const path = /assets\/[^"\\]+/.exec(JSON.stringify(gateway.resources("api_management_api")[api]))?.[0];
      expect(gateway.asset(path ?? "")).toContain(`"operationId": "${policy.operation_id}"`);
      expect(policy.depends_on).toContain(`azurerm_api_management_api.${api}`);
    }
  });

  test("policies are there for all that the manifest names, and for no others", () => {
    const published = manifest.apis.flatMap(({ gateway: one }) => (one ? [one] : []));
    expect(all("api_management_api_policy")).toHaveLength(published.length);
    expect(all("api_management_api_operation_policy")).toHaveLength(
      published.flatMap(({ operations }) => operations.filter(({ policy }) => policy)).length,
    );
    expect(all("api_management_product_policy")).toHaveLength(manifest.products.length);
    expect(all("api_management_policy")).toHaveLength(1);
  });

  test("a policy waits for each named value and backend that it names", () => {
    for (const policy of POLICIES.flatMap((type) => all(type))) {
      const content: string = policy.xml_content;
      for (const [, name] of content.matchAll(/\{\{([\w.-]+)\}\}/g))
        expect(policy.depends_on).toContain(`azurerm_api_management_named_value.named-value-${name}`);
      for (const [, id] of content.matchAll(/backend-id="([^"]+)"/g))
        expect(policy.depends_on).toContain(`azurerm_api_management_backend.backend-${id}`);
    }
  });

  test("policies have nothing that Terraform would take for its own", () => {
    for (const { xml_content } of POLICIES.flatMap((type) => all(type)))
      expect(xml_content).not.toMatch(/(?<![$%])[$%]\{/);
  });

  test("backends bear the API's path, take valid certificates alone, and hold no key", () => {
    expect(all("api_management_backend").map(({ url }) => url)).toEqual(
      manifest.backends.map(({ api }) => {
        const path = manifest.apis.find(({ name }) => name === api)?.gateway?.path ?? "";
        return `https://specimen-dev-${api}.azurewebsites.net/${path}`;
      }),
    );
    for (const backend of all("api_management_backend")) {
      expect(backend.tls).toEqual({ validate_certificate_chain: true, validate_certificate_name: true });
      expect(backend).not.toHaveProperty("credentials");
    }
  });

  test("products take no subscription without approval", () => {
    for (const product of all("api_management_product"))
      expect(product).toMatchObject({
        published: true,
        subscription_required: true,
        approval_required: true,
      });
    expect(all("api_management_product_api")).toHaveLength(
      manifest.products.flatMap(({ apis }) => apis).length,
    );
  });
});

describe("telemetry", () => {
  test("holds no header, no body, no query and no client's address", () => {
    const diagnostics = [...all("api_management_diagnostic"), ...all("api_management_api_diagnostic")];
    expect(diagnostics).toHaveLength(1 + manifest.apis.length);
    for (const one of diagnostics) {
      expect(one).toMatchObject({
        log_client_ip: false,
        http_correlation_protocol: "W3C",
        verbosity: "information",
      });
      for (const side of ["frontend_request", "frontend_response", "backend_request", "backend_response"])
        expect(one[side]).toMatchObject({ body_bytes: 0, headers_to_log: [] });
      for (const side of ["frontend_request", "backend_request"])
        expect(one[side].data_masking.query_params).toEqual([{ mode: "Hide", value: "*" }]);
    }
  });

  test("is sent in the name of API Management's identity, once that may do so", () => {
    expect(all("api_management_logger")[0]).toMatchObject({
      application_insights: { identity_client_id: "SystemAssigned" },
      depends_on: ["azurerm_role_assignment.publish-telemetry"],
    });
  });
});

describe("synthesis", () => {
  test("is the same twice, and names no place of this machine", () => {
    const again = synthesiseGateway({ manifest, generatedDirectory });
    expect(again.text).toBe(gateway.text);
    expect(gateway.text).not.toContain(tmpdir());
    expect(gateway.text).not.toContain(project);
  });

  test("another API in the manifest is another API here", () => {
    inCopy((directory) => {
      const third = thirdApi(manifest, directory);
      const extended = synthesiseGateway({ manifest: third, generatedDirectory: directory });
      expect(all("api_management_api", extended).map(({ path }) => path)).toContain("clinic");
      expect(extended.resources("api_management_backend")).toHaveProperty("backend-clinic");
      expect(extended.resources("api_management_api_policy")).toHaveProperty("policy-clinic");
      expect(extended.resources("api_management_api_diagnostic")).toHaveProperty("diagnostic-clinic");
      expect(extended.resources("api_management_product_api")).toHaveProperty("product-partner-clinic");
      expect(extended.resources("monitor_metric_alert")).toHaveProperty("alert-database-throttled-clinic");
      expect(extended.resources("role_assignment")).toHaveProperty("read-clinic-host-key");
    });
  });

  test("an operation without a policy has none", () => {
    const bare = structuredClone(manifest);
    const [api] = bare.apis;
    // What the generator writes for such an operation.
    Object.assign(api?.gateway?.operations[0] ?? {}, { policy: null });
    const synthesised = synthesiseGateway({ manifest: bare, generatedDirectory });
    const without = `policy-${api?.name}-${api?.gateway?.operations[0]?.operationId}`;
    expect(gateway.resources("api_management_api_operation_policy")).toHaveProperty(without);
    expect(synthesised.resources("api_management_api_operation_policy")).not.toHaveProperty(without);
  });

  test.each([
    ["{{no-such-value}}", "{{no-such-value}} is no named value"],
    [`<set-backend-service backend-id="no-such-backend" />`, `there is no backend "no-such-backend"`],
  ])("a policy that names what there is not stops it: %s", (text, fault) => {
    inCopy((directory) => {
      writeFileSync(
        join(directory, manifest.globalPolicy),
        `<policies><inbound>${text}</inbound></policies>`,
      );
      expect(() => synthesiseGateway({ manifest, generatedDirectory: directory })).toThrow(fault);
    });
  });

  test("an address that the infrastructure does not know stops it", () => {
    const unknown = {
      ...manifest,
      namedValues: [...manifest.namedValues, { name: "x-url", kind: "address" as const }],
    };
    expect(() => synthesiseGateway({ manifest: unknown, generatedDirectory })).toThrow(
      'no address for the named value "x-url"',
    );
  });
});

test("a policy's own template signs reach API Management as they are", () => {
  inCopy((directory) => {
    writeFileSync(join(directory, "policy.xml"), "<policies><!-- ${a} %{b} --></policies>");
    expect(policyText(directory, "policy.xml").content).toBe("<policies><!-- $${a} %%{b} --></policies>");
  });
});

function inCopy(run: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), "generated-"));
  try {
    mkdirSync(join(directory, "apim"));
    cpSync(join(generatedDirectory, "apim"), join(directory, "apim"), { recursive: true });
    run(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A manifest with a copy of the patient API under another name. */
function thirdApi(from: Manifest, directory: string): Manifest {
  const patient = from.apis.find(({ name }) => name === "patient");
  if (!patient) throw new Error("the contract has no patient API");
  const renamed = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replace(/patient(?=[/"-])/g, "clinic")) as never;
  cpSync(join(directory, "apim/apis/patient"), join(directory, "apim/apis/clinic"), { recursive: true });
  const [partner, ...products] = [...from.products].sort((a) => (a.apis.includes("patient") ? -1 : 1));
  if (!partner) throw new Error("the contract has no product");
  return {
    ...from,
    apis: [...from.apis, renamed(patient)],
    backends: [...from.backends, { id: "clinic", api: "clinic" }],
    products: [{ ...partner, apis: [...partner.apis, "clinic"] }, ...products],
    identities: from.identities.map((one) =>
      one.name === "gateway" ? { ...one, secrets: [...one.secrets, "clinic-host-key"] } : one,
    ),
  };
}
