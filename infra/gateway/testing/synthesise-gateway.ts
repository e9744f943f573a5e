import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { dev } from "../../../environments/dev.ts";
import type { AzureEnvironment } from "../../../generated/environment.ts";
import type { Manifest } from "../../manifest.ts";
import type { FoundationParts, ServicesParts } from "../../parts.ts";
import type { TerraformBlock, TerraformDocument } from "../../stack-document.ts";
import { createGateway } from "../gateway.ts";

export interface SynthesisedGateway {
  /** `cdk.tf.json`, as text and parsed. */
  readonly text: string;
  readonly document: TerraformDocument;
  /** The resources of a type, by name. @param type without `azurerm_` */
  readonly resources: (type: string) => Readonly<Record<string, TerraformBlock>>;
  /** The text of a file beside the document. */
  readonly asset: (path: string) => string;
}

export interface SynthesiseOptions {
  readonly manifest: Manifest;
  readonly generatedDirectory: string;
  readonly environment?: AzureEnvironment;
}

/** Synthesises the gateway's stack alone, between other stacks that are made up. */
export function synthesiseGateway({
  manifest,
  generatedDirectory,
  environment = dev,
}: SynthesiseOptions): SynthesisedGateway {
  const outdir = mkdtempSync(join(tmpdir(), "gateway-"));
  try {
    const app = new App({ outdir });
    createGateway(app, { environment, manifest, generatedDirectory, ...partsOf(app) });
    app.synth();
    const directory = join(outdir, "stacks/gateway");
    const text = readFileSync(join(directory, "cdk.tf.json"), "utf8");
    // What cdktf has just written.
    const document = JSON.parse(text) as TerraformDocument;
    const assets = new Map(
      assetPaths(text).map((path) => [path, readFileSync(join(directory, path), "utf8")]),
    );
    return {
      text,
      document,
      resources: (type) => document.resource?.[`azurerm_${type}`] ?? {},
      asset: (path) => assets.get(path) ?? "",
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function assetPaths(text: string): string[] {
  return [...text.matchAll(/assets\/[\w./-]+/g)].map(([path]) => path);
}

function partsOf(app: App): { foundation: FoundationParts; services: ServicesParts } {
  const id = (name: string) => `/subscriptions/1/resourceGroups/specimen/${name}`;
  const identity = (name: string) => ({
    id: id(name),
    clientId: `client-${name}`,
    principalId: `principal-${name}`,
  });
  return {
    foundation: {
      stack: new TerraformStack(app, "foundation"),
      resourceGroup: { id: id(""), name: "specimen-dev", location: "westeurope" },
      subnetId: (role) => id(`subnets/${role}`),
      dnsZoneId: (zone) => id(`zones/${zone}`),
      vault: { id: id("vault"), name: "vault", uri: "https://specimen-dev-kv.vault.azure.net/" },
      workspaceId: id("workspace"),
      applicationInsights: { id: id("insights"), name: "insights", connectionString: "an address" },
      identity,
      checkpoints: {
        accountId: id("worm"),
        containerId: id("worm/checkpoints"),
        url: "https://worm/checkpoints",
      },
    },
    services: {
      stack: new TerraformStack(app, "services"),
      app: (api) => ({
        id: id(`apps/${api}`),
        name: `specimen-dev-${api}`,
        hostname: `specimen-dev-${api}.azurewebsites.net`,
        planId: id(`plans/${api}`),
        databaseAccountId: id(`databases/${api}`),
        hostStorageId: id(`storage/${api}`),
      }),
      secret: (name) => ({ resourceId: id(`secrets/${name}`), uri: `https://vault/secrets/${name}` }),
    },
  };
}
