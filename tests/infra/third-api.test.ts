import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { prod } from "../../environments/prod.ts";
import type { AzureEnvironment } from "../../generated/environment.ts";
import { checkStacks } from "../../infra/checks/check-stacks.ts";
import { readExpectations } from "../../infra/checks/read-expectations.ts";
import { readManifest, type Manifest, type ManifestApi } from "../../infra/manifest.ts";
import { synthesise } from "../../infra/synthesise.ts";

const project = join(import.meta.dirname, "../..");
const NEW = "prescriptions";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "specimen-third-api-"));
  await cp(join(project, "generated/apim"), join(folder, "generated/apim"), { recursive: true });
  await mkdir(join(folder, `handlers/${NEW}`), { recursive: true });
  for (const api of ["audit", "patient"])
    await symlink(join(project, "handlers", api), join(folder, "handlers", api));
  await writeFile(
    join(folder, `handlers/${NEW}/collections.ts`),
    `export const collections = [
      { name: "prescriptions", shardKey: "patientId", indexes: [{ name: "by-drug", key: { drug: 1 } }] },
      { name: "outbox", shardKey: "_id", indexes: [] },
    ];`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

/** What the generator would write for an API that is patient's twin. */
async function addApi(published: boolean): Promise<void> {
  const manifest = await readManifest(project);
  const patient = manifest.apis.find(({ name }) => name === "patient");
  if (!patient?.gateway) throw new Error("There is no published API patient.");
  const hostKey = `${NEW}-host-key`;
  const api: ManifestApi = {
    ...patient,
    name: NEW,
    title: "Prescriptions API",
    app: { ...patient.app, bundle: `.build/apps/${NEW}/index.cjs`, identity: `${NEW}-app` },
    gateway: published
      ? {
          ...patient.gateway,
          path: NEW,
          backend: NEW,
          import: moved(patient.gateway.import),
          policy: moved(patient.gateway.policy),
          operations: patient.gateway.operations.map((one) => ({
            ...one,
            // One without a policy of its own.
            policy: one.policy === null || one.operationId === "getTest" ? null : moved(one.policy),
          })),
          backendKey: { secret: hostKey, kind: "host" },
        }
      : null,
  };
  const changed: Manifest = {
    ...manifest,
    apis: [...manifest.apis, api],
    products: manifest.products.map((one) =>
      one.id === "partner" && published ? { ...one, apis: [...one.apis, NEW] } : one,
    ),
    backends: published ? [...manifest.backends, { id: NEW, api: NEW }] : manifest.backends,
    identities: [
      ...manifest.identities.map((one) =>
        one.name === "gateway" && published ? { ...one, secrets: [...one.secrets, hostKey] } : one,
      ),
      {
        name: `${NEW}-app`,
        secrets: [`${NEW}-mongodb-uri`, `${NEW}-hash-key`, "audit-host-key"],
        keys: [],
      },
    ],
  };
  await writeFile(join(folder, "generated/manifest.json"), JSON.stringify(changed));
  if (!api.gateway) return;
  await cp(join(project, "generated/apim/apis/patient"), join(folder, `generated/apim/apis/${NEW}`), {
    recursive: true,
  });
  const policy = join(folder, "generated", api.gateway.policy);
  const text = await readFile(policy, "utf8");
  await writeFile(
    policy,
    text.replaceAll('backend-id="patient"', `backend-id="${NEW}"`).replaceAll("patient-host-key", hostKey),
  );
}

function moved(path: string): string {
  return path.replace("/patient/", `/${NEW}/`);
}

describe("a third API", () => {
  it.each([
    ["that the gateway publishes", true],
    ["that only other apps call", false],
  ])("%s needs nothing in infra/: its stacks have no findings", async (_what, published) => {
    await addApi(published);
    const apps = { ...prod.azure.apps, [NEW]: prod.azure.apps.patient };
    const environment: AzureEnvironment = { ...prod, azure: { ...prod.azure, apps } };
    const stacks = await synthesise({
      environment,
      projectDirectory: folder,
      outputDirectory: join(folder, "out"),
    });
    expect(checkStacks(stacks, await readExpectations(folder, environment))).toEqual([]);
    const names = stacks.flatMap(({ document }) =>
      Object.values(document.resource ?? {}).flatMap((named) => Object.keys(named)),
    );
    expect(names).toEqual(
      expect.arrayContaining([`${NEW}-function-app`, `${NEW}-app-way-out`, `${NEW}-prescriptions`]),
    );
    expect(names.includes(`api-${NEW}`)).toBe(published);
  });
});
