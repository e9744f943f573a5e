import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readManifest } from "../../platform/manifest.ts";
import { operatorOf, tokenOf } from "../rotation/operator.ts";
import type { Operator } from "../rotation/operator.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";

const manifest = await readManifest(join(import.meta.dirname, "../../generated"));
const names = [...new Set(manifest.identities.flatMap(({ secrets }) => secrets))].sort();
const keys = [...new Set(manifest.identities.flatMap((identity) => identity.keys))];
const linux = process.platform === "linux" ? describe : describe.skip;

/** What somebody could do who has taken over one of the apps: all that its process can. */
linux("whoever is inside an app", () => {
  let platform: TestPlatform;
  let operator: Operator;
  let ids: Record<string, number>;

  beforeAll(async () => {
    platform = await startTestPlatform();
    operator = operatorOf(platform.stateDirectory);
    ids = await platform.processIds();
  });
  afterAll(() => platform.stop());

  /** The identity of a running app, from the environment of its process. */
  const tokenOfApp = (api: string, resource?: string) => {
    const variables = readFileSync(`/proc/${ids[api]}/environ`, "utf8").split("\0");
    const read = (name: string) =>
      variables.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
    return tokenOf(read("IDENTITY_ENDPOINT"), read("IDENTITY_HEADER"), resource);
  };

  const ask = async (token: string, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${operator.vaultUrl}${path}?api-version=7.4`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await answer.body?.cancel();
    return answer.status;
  };

  const apps = manifest.apis.map(({ name, app }) => ({
    api: name,
    identity: manifest.identities.find((identity) => identity.name === app.identity),
  }));

  it.each(apps)(
    "$api reads its own secrets, and does nothing else in the vault",
    async ({ api, identity }) => {
      const token = await tokenOfApp(api);
      const read = await Promise.all(
        names.map(async (name) => [name, await ask(token, "GET", `/secrets/${name}`)] as const),
      );
      const granted = (name: string) => (identity?.secrets.includes(name) ? 200 : 403);
      expect(read).toEqual(names.map((name) => [name, granted(name)]));
      for (const name of names) {
        const asked = [
          await ask(token, "PUT", `/secrets/${name}`, { value: "taken" }),
          await ask(token, "PATCH", `/secrets/${name}/1`, { tags: {} }),
          await ask(token, "GET", `/secrets/${name}/versions`),
          await ask(token, "GET", `/secrets/${name}-of-nobody`),
        ];
        expect([name, asked]).toEqual([name, [403, 403, 403, 403]]);
      }
      expect(await ask(token, "GET", "/secrets")).toBe(403);
      for (const key of keys) {
        const own = identity?.keys.includes(key) === true;
        expect([key, await ask(token, "GET", `/keys/${key}`)]).toEqual([key, own ? 200 : 403]);
        expect(await ask(token, "POST", `/keys/${key}/rotate`, {})).toBe(403);
        expect(await ask(token, "POST", `/keys/${key}/create`, { kty: "EC", crv: "P-256" })).toBe(403);
      }
    },
  );

  it.each(apps)("$api manages nothing: neither keys of apps nor subscriptions", async ({ api }) => {
    const token = await tokenOfApp(api, "https://management.azure.com");
    const group = `${operator.resourceManagerUrl}/subscriptions/${operator.subscriptionId}/resourceGroups/local/providers`;
    for (const path of [
      "/Microsoft.Web/sites/audit-app/host/default/listKeys",
      "/Microsoft.Web/sites/patient-app/host/default/listKeys",
      "/Microsoft.ApiManagement/service/specimen/subscriptions/local-partner/listSecrets",
      "/Microsoft.ApiManagement/service/specimen/subscriptions/local-partner/regeneratePrimaryKey",
    ]) {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${group}${path}?api-version=2024-04-01`, { method: "POST", headers });
      await answer.body?.cancel();
      expect([path, answer.status]).toEqual([path, 403]);
    }
    const answer = await fetch(
      `${group}/Microsoft.Web/sites/audit-app/host/default/listKeys?api-version=2024-04-01`,
      {
        method: "POST",
        headers: { authorization: `Bearer ${await tokenOfApp(api)}` },
      },
    );
    await answer.body?.cancel();
    expect(answer.status).toBe(401);
  });

  it("of writing to the register, the Patient app's key alone opens it, and only its identity reads that key", () => {
    const readers = manifest.identities.filter(({ secrets }) => secrets.includes("audit-host-key"));
    expect(readers.map(({ name }) => name)).toEqual(["patient-app"]);
    const { functionKeys } = platform.keys.audit ?? { functionKeys: {} };
    const internal = manifest.apis
      .find(({ name }) => name === "audit")
      ?.operations.filter((operation) => operation.internal)
      .map(({ operationId }) => operationId);
    expect(internal?.length).toBeGreaterThan(2);
    expect(Object.keys(functionKeys).length).toBeGreaterThan(2);
    for (const operationId of internal ?? []) expect(functionKeys).not.toHaveProperty(operationId);
  });

  it("listens to nobody from outside this machine", () => {
    const inside = [platform.process.pid ?? 0, ...Object.values(ids)];
    const sockets = new Set(inside.flatMap(socketsOf));
    const listening = listeners().filter(({ inode }) => sockets.has(inode));
    // Gateway, vault, resource manager, storage, two apps.
    expect(listening.length).toBeGreaterThanOrEqual(6);
    expect(listening.filter(({ address }) => address !== LOOPBACK && address !== LOOPBACK_6)).toEqual([]);
  });
});

/** As the kernel writes 127.0.0.1 and ::1. */
const LOOPBACK = "0100007F";
const LOOPBACK_6 = "00000000000000000000000001000000";
const LISTEN = "0A";

/** The sockets that a process holds, by inode. */
function socketsOf(id: number): string[] {
  return readdirSync(`/proc/${id}/fd`).flatMap((file) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${id}/fd/${file}`))?.[1] ?? [];
    } catch {
      // Closed between the two calls.
      return [];
    }
  });
}

function listeners(): { readonly address: string; readonly inode: string }[] {
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTEN)
      .map((fields) => ({ address: fields[1]?.split(":")[0] ?? "", inode: fields[9] ?? "" })),
  );
}
