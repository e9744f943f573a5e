import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { dev } from "../environments/dev.ts";
import { prod } from "../environments/prod.ts";
import { test as testing } from "../environments/test.ts";
import type { AzureEnvironment } from "../generated/environment.ts";
import { collections as auditCollections } from "../handlers/audit/collections.ts";
import { collections as patientCollections } from "../handlers/patient/collections.ts";
import { readManifest } from "./manifest.ts";
import { snapshotText } from "./snapshots/snapshot-text.ts";
import type { StackDocument, TerraformBlock } from "./stack-document.ts";
import { synthesise } from "./synthesise.ts";

const projectDirectory = join(import.meta.dirname, "..");
const directories: string[] = [];
let stacks: readonly StackDocument[];

beforeAll(async () => {
  stacks = await synthesised(prod);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(async () => {
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true })));
});

test.each([dev, testing, prod])(
  "$name is what was reviewed: npm run synth -- --update-snapshots",
  async (environment) => {
    const snapshot = await readFile(join(import.meta.dirname, `snapshots/${environment.name}.txt`), "utf8");
    expect(snapshotText(await synthesised(environment))).toBe(snapshot);
  },
);

test("the same bytes come out each time, elsewhere, with no network and nothing on PATH", async () => {
  const path = process.env.PATH;
  const connect = jest.spyOn(Socket.prototype, "connect").mockImplementation(() => {
    throw new Error("There is no network.");
  });
  process.env.PATH = "";
  try {
    expect(bytesOf(await synthesised(prod))).toBe(bytesOf(stacks));
  } finally {
    process.env.PATH = path;
  }
  expect(connect).not.toHaveBeenCalled();
});

test("no stack says where or with what it was made", () => {
  const text = bytesOf(stacks);
  expect(text).not.toContain(projectDirectory);
  expect(text).not.toContain(tmpdir());
  expect(text).not.toContain('"//"');
});

test("environments differ by their settings alone", async () => {
  const ids = (documents: readonly StackDocument[]) =>
    documents.map(({ document }) =>
      Object.entries(document.resource ?? {}).map(([type, named]) => [type, Object.keys(named)]),
    );
  expect(ids(await synthesised(dev))).toEqual(ids(stacks));
});

test("the collections are those of the handlers", () => {
  const declared = Object.entries({ audit: auditCollections, patient: patientCollections }).flatMap(
    ([api, all]) =>
      all.map(({ name, shardKey, indexes }) => ({
        id: `${api}-${name}`,
        name,
        shardKey,
        keys: [["_id"], ...indexes.map(({ key }) => Object.keys(key))],
      })),
  );
  const synthesisedOnes = resources("services", "azurerm_cosmosdb_mongo_collection").map(([id, body]) => ({
    id,
    name: body.name,
    shardKey: body.shard_key,
    keys: (body.index as { keys: string[] }[]).map(({ keys }) => keys),
  }));
  expect(byId(synthesisedOnes)).toEqual(byId(declared));
});

test("another API needs a contract, a handlers folder and its settings, and nothing here", async () => {
  const { environment, directory } = await withAnotherApi("prescriptions");
  const documents = await synthesise({
    environment,
    projectDirectory: directory,
    outputDirectory: join(directory, "out"),
  });
  const added = documents.flatMap(({ document }) =>
    Object.values(document.resource ?? {}).flatMap((named) => Object.keys(named)),
  );
  expect(added).toEqual(
    expect.arrayContaining([
      "prescriptions-app",
      "prescriptions-function-app",
      "prescriptions-database",
      "prescriptions-drugs",
      "prescriptions-app-reads-prescriptions-mongodb-uri",
    ]),
  );
});

describe("secrets", () => {
  test("each secret is a place whose value Terraform does not know", () => {
    const secrets = resources("services", "azurerm_key_vault_secret");
    expect(secrets.length).toBeGreaterThan(0);
    for (const [, body] of secrets) {
      expect(body).not.toHaveProperty("value");
      expect(body).toMatchObject({ value_wo: "set-by-rotate-keys", value_wo_version: 1 });
    }
  });

  test("no output leads to a key, a password or a database's connection string", () => {
    const outputs = stacks.flatMap(({ document }) =>
      Object.values(document.output ?? {}).map(({ value }) => value),
    );
    const suspicious = outputs.filter((value) =>
      /\.\w*(key|password|value|connection_string|connection_strings)\}$/.test(String(value)),
    );
    // With local authentication off, that of Application Insights says where to send and opens nothing.
    expect(suspicious).toEqual(["${azurerm_application_insights.insights.connection_string}"]);
    expect(resources("foundation", "azurerm_application_insights").map(([, body]) => body)).toMatchObject([
      { local_authentication_disabled: true },
    ]);
  });

  test("an identity reads the secrets that the manifest grants it, each by itself", () => {
    const reading = resources("services", "azurerm_role_assignment").filter(
      ([, body]) => body.role_definition_name === "Key Vault Secrets User",
    );
    expect(reading.map(([id]) => id).sort()).toEqual([
      "audit-app-reads-audit-hash-key",
      "audit-app-reads-audit-mongodb-uri",
      "audit-app-reads-audit-subject-key",
      "patient-app-reads-audit-host-key",
      "patient-app-reads-patient-hash-key",
      "patient-app-reads-patient-mongodb-uri",
    ]);
    for (const [id, { scope }] of reading)
      expect(scope).toBe(
        `\${azurerm_key_vault_secret.${id.replace(/^.*-reads-/, "")}.resource_versionless_id}`,
      );
  });
});

/** The project with one more API in its manifest. */
async function withAnotherApi(name: string): Promise<{ environment: AzureEnvironment; directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), "specimen-infra-"));
  directories.push(directory);
  const manifest = await readManifest(projectDirectory);
  const patient = manifest.apis.find((api) => api.name === "patient");
  const api = { ...patient, name, app: { ...patient?.app, identity: `${name}-app` }, gateway: null };
  const identity = { name: `${name}-app`, secrets: [`${name}-mongodb-uri`, "audit-host-key"], keys: [] };
  const apis = [...manifest.apis, api];
  const changed = { ...manifest, apis, identities: [...manifest.identities, identity] };
  await mkdir(join(directory, "generated"));
  await symlink(join(projectDirectory, "generated/apim"), join(directory, "generated/apim"));
  await writeFile(join(directory, "generated/manifest.json"), JSON.stringify(changed));
  for (const each of apis) {
    await mkdir(join(directory, "handlers", each.name), { recursive: true });
    await writeFile(
      join(directory, "handlers", each.name, "collections.ts"),
      'export const collections = [{ name: "drugs", shardKey: "_id", indexes: [] }];',
    );
  }
  const apps = { ...prod.azure.apps, [name]: prod.azure.apps.patient };
  return { environment: { ...prod, azure: { ...prod.azure, apps } }, directory };
}

async function synthesised(environment: AzureEnvironment): Promise<readonly StackDocument[]> {
  const outputDirectory = await mkdtemp(join(tmpdir(), "specimen-infra-"));
  directories.push(outputDirectory);
  return synthesise({ environment, projectDirectory, outputDirectory });
}

function bytesOf(documents: readonly StackDocument[]): string {
  return JSON.stringify(documents.map(({ name, document, assets }) => [name, document, [...assets]]));
}

function resources(stack: string, type: string): [string, TerraformBlock][] {
  const found = stacks.find(({ name }) => name === stack);
  return Object.entries(found?.document.resource?.[type] ?? {});
}

function byId<T extends { id: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => a.id.localeCompare(b.id));
}
