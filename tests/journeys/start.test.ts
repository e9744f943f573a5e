import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const project = join(import.meta.dirname, "../..");

interface Start {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly errors: () => string;
}

function start(settings: Record<string, string>, directory = project): Start {
  const child = spawn(process.execPath, ["platform/main.ts"], {
    cwd: directory,
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: "1", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return { child, out: () => out, errors: () => errors };
}

/** What it says before it ends with 1: one line for each thing that is wrong. */
async function failure(settings: Record<string, string>, directory?: string, lines = 1): Promise<string> {
  const { child, out, errors } = start(settings, directory);
  const [code] = (await once(child, "close")) as [number];
  expect([code, out()]).toEqual([1, ""]);
  expect(errors().trimEnd().split("\n")).toHaveLength(lines);
  return errors();
}

describe("npm start", () => {
  let state: string;
  let copy: string;
  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), "specimen-start-"));
    copy = await mkdtemp(join(tmpdir(), "specimen-copy-"));
    const rooms = [
      "apim-policies",
      "environments",
      "generated",
      "generator",
      "openapi",
      "package.json",
      "platform",
      "portal",
    ];
    for (const room of rooms) await cp(join(project, room), join(copy, room), { recursive: true });
    await symlink(join(project, "node_modules"), join(copy, "node_modules"));
  });
  afterAll(async () => {
    await rm(state, { recursive: true, force: true });
    await rm(copy, { recursive: true, force: true });
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "says where everything is, and ends with %s: exit 0, no child left",
    async (signal) => {
      const { child, out } = start({ SPECIMEN_GATEWAY_PORT: "0", SPECIMEN_STATE_DIR: join(state, signal) });
      while (!out().includes("Try:")) await once(child.stdout ?? child, "data");
      expect(out()).toMatch(/^Specimen is ready in [\d.]+ s\n/);
      const gateway = /gateway +(http:\S+)\/patient +key local-partner-key/.exec(out())?.[1] ?? "";
      expect(out()).toMatch(/audit +http:\S+\/audit\/records +key local-auditor-key/);
      expect(out()).toMatch(/portal +http:\S+\/portal\//);
      const app = /patient app +(http:\S+)/.exec(out())?.[1] ?? "";
      expect((await fetch(`${gateway}/status-0123456789abcdef`)).status).toBe(200);
      expect((await fetch(`${app}/patient/x`)).status).toBe(401);
      child.kill(signal);
      const [code] = (await once(child, "close")) as [number];
      expect(code).toBe(0);
      await expect(fetch(`${app}/patient/x`)).rejects.toThrow();
      await expect(fetch(gateway)).rejects.toThrow();
    },
  );

  it("is told of a mistyped setting", async () => {
    expect(await failure({ SPECIMEN_GATEWAY_PROT: "8081" })).toMatch(
      /SPECIMEN_GATEWAY_PROT is not known.*SPECIMEN_GATEWAY_PORT/,
    );
  });

  it("is told of an unusable setting", async () => {
    expect(await failure({ SPECIMEN_GATEWAY_PORT: "http" })).toMatch(
      /SPECIMEN_GATEWAY_PORT is "http"; expected a port/,
    );
    const secret = await failure({
      SPECIMEN_STATE_DIR: state,
      MONGODB_URI_PATIENT: "postgres://u:hunter2@h",
    });
    expect(secret).toMatch(/MONGODB_URI_PATIENT is not a MongoDB connection string/);
    expect(secret).not.toContain("hunter2");
  });

  it("is told of a taken port", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const said = await failure({
      SPECIMEN_GATEWAY_PORT: String(port),
      SPECIMEN_STATE_DIR: join(state, "taken"),
    });
    expect(said).toContain(String(port));
    expect(said).toContain("SPECIMEN_GATEWAY_PORT");
    server.close();
  });

  it("is told of a broken contract, with file and line, and of a missing one", async () => {
    const settings = { SPECIMEN_GATEWAY_PORT: "0", SPECIMEN_STATE_DIR: join(state, "broken") };
    await writeFile(join(copy, "openapi/audit.yaml"), "openapi: 3.1.0\npaths: [\n");
    expect(await failure(settings, copy)).toMatch(/openapi\/audit\.yaml:\d+:\d+/);
    await rm(join(copy, "openapi/shared/schemas.yaml"));
    await cp(join(project, "openapi/audit.yaml"), join(copy, "openapi/audit.yaml"));
    // Two files refer to it.
    expect(await failure(settings, copy, 2)).toContain("shared/schemas.yaml");
    await rm(join(copy, "openapi"), { recursive: true });
    expect(await failure(settings, copy)).toContain("openapi");
  });
});
