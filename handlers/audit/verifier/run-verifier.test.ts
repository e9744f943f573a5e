import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { canonicalText } from "../../../runtime/ledger/canonical.ts";
import { keyIdOf } from "../../../runtime/ledger/checkpoint.ts";
import { exportFixture, newSigningKey } from "./export-fixture.ts";
import { runVerifier, type CommandSurroundings } from "./run-verifier.ts";

const { lines, checkpoints, key } = exportFixture();
const text = (of: readonly string[]): string => of.map((line) => `${line}\n`).join("");

let directory: string;
beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), "specimen-verifier-"))));
afterEach(() => rm(directory, { recursive: true, force: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(directory, name);
  const isBytes = content instanceof Uint8Array || typeof content === "string";
  await writeFile(path, isBytes ? content : JSON.stringify(content));
  return path;
}

async function run(args: readonly string[], changes: Partial<CommandSurroundings> = {}) {
  const [printed, warned]: [string[], string[]] = [[], []];
  const code = await runVerifier(args, {
    stdin: new Blob([]).stream(),
    subscriptionKey: undefined,
    print: (one) => printed.push(one),
    warn: (one) => warned.push(one),
    elapsed: () => 0,
    ...changes,
  });
  return { code, out: printed.join("\n"), warned: warned.join("\n") };
}

/** The export in a file, and the key in another. */
async function verify(content: unknown, ...args: readonly string[]) {
  const keyFile = await file("key.json", { ...key, kid: "signing", use: "sig" });
  return run([await file("export.ndjson", content), "--key", keyFile, ...args]);
}

describe("audit:verify", () => {
  it("verifies an export, and says what was held against what", async () => {
    const saved = await file("saved.json", checkpoints[1]);
    const { code, out, warned } = await verify(text(lines), "--checkpoint", saved);
    expect({ code, warned }).toEqual({ code: 0, warned: "" });
    expect(out).toContain("16 records in 8 batches of 2 streams");
    expect(out).toContain("checkpoint 3 of 2026-11-20T08:30:03.000Z");
    expect(out).toContain(`${keyIdOf(key)}, trusted by the keys that were given`);
    expect(out).toContain("with 1 saved checkpoint\n");
  });

  it("reads standard input, and an end without a newline", async () => {
    const stdin = new Blob([text(lines).trimEnd()]).stream();
    expect((await run(["-"], { stdin })).code).toBe(0);
  });

  it("says that nobody vouches for the key when none is given, and that nothing was compared", async () => {
    const { code, out } = await run([await file("export.ndjson", text(lines))]);
    expect(code).toBe(0);
    expect(out).toContain("TRUSTED ON FIRST USE");
    expect(out).toContain("compared   with no checkpoint");
  });

  it("trusts the keys of saved checkpoints when none is given", async () => {
    const foreign = exportFixture("R", newSigningKey());
    const saved = await file("saved.json", checkpoints[0]);
    const good = await run([await file("export.ndjson", text(lines)), "--checkpoint", saved]);
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining("trusted by the keys of the saved") });
    const bad = await run([await file("foreign.ndjson", text(foreign.lines)), "--checkpoint", saved]);
    expect(bad).toMatchObject({ code: 1, out: expect.stringContaining("fault: key") });
  });

  it("names stream, first bad sequence, file and line in one line", async () => {
    const edited = lines.map((line) =>
      line.replace(String.raw`"s01-2-0:intent\"`, String.raw`"s01-2-9:intent\"`),
    );
    const { code, out } = await verify(text(edited));
    expect(code).toBe(1);
    expect(out).toBe(
      "fault: content in stream s01, first bad sequence 2: its entries are not those that its root was made of " +
        `(${join(directory, "export.ndjson")}:8)`,
    );
  });

  it("finds by a saved checkpoint what was written anew, and by a published one in how short a part", async () => {
    const forged = exportFixture("U");
    const saved = await file("saved.json", checkpoints[2]);
    const { code, out } = await verify(text(forged.lines), "--checkpoint", saved);
    expect(code).toBe(1);
    expect(out).toContain("fault: history in stream s00, first bad sequence between 0 and 2: ");
  });

  it("compares with every published checkpoint, and tells how many are missing", async () => {
    const published = join(directory, "published");
    await mkdir(published);
    for (const one of [0, 1, 3])
      await writeFile(join(published, `00000000000${one}.json`), canonicalText(checkpoints[one]));
    await writeFile(join(published, "key.json"), "{}");
    const good = await verify(text(lines), "--published", published);
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringContaining("3 published checkpoints, 0 to 3, 1 of them missing"),
    });
    const other = exportFixture("U").checkpoints[1];
    await writeFile(join(published, "000000000001.json"), canonicalText(other));
    expect(await verify(text(lines), "--published", published)).toMatchObject({
      code: 1,
      out: expect.stringContaining("fault: history in stream s00, first bad sequence 1: "),
    });
    await writeFile(join(published, "000000000001.json"), canonicalText(checkpoints[2]));
    expect(await verify(text(lines), "--published", published)).toMatchObject({
      code: 2,
      warned: expect.stringContaining("000000000001.json: it holds checkpoint 2"),
    });
  });

  it("saves the last checkpoint when all is well, and only then, and never an older one", async () => {
    const save = join(directory, "next.json");
    expect((await verify(text(lines.slice(0, -1)), "--save", save)).code).toBe(1);
    expect(await readdir(directory)).not.toContain("next.json");
    expect((await verify(text(lines), "--save", save)).code).toBe(0);
    expect(JSON.parse(await readFile(save, "utf8"))).toEqual(checkpoints[3]);
    expect((await verify(text(lines), "--save", save, "--checkpoint", save)).code).toBe(0);
    await writeFile(save, JSON.stringify({ ...checkpoints[3], sequence: 4 }));
    expect(await verify(text(lines), "--save", save)).toMatchObject({
      code: 2,
      warned: expect.stringContaining("later"),
    });
    expect(await readdir(directory)).toHaveLength(3);
  });

  it("tells a download that was cut off from an export whose end was left out", async () => {
    const whole = text(lines);
    const missing = await verify(text(lines.slice(0, -1)));
    expect(missing).toMatchObject({ code: 1, out: expect.stringContaining("fault: truncated") });
    for (const cut of [whole.slice(0, -20), text(lines.slice(0, -1)).trimEnd(), ""]) {
      const { code, out, warned } = await verify(cut);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(warned).toMatch(/export\.ndjson(:\d+)?: (it breaks off|there is nothing)/);
    }
  });

  it.each<[string, (all: readonly string[]) => string | Uint8Array, number]>([
    ["is no JSON", (all) => text(all.with(2, "{]")), 3],
    ["is empty", (all) => text(all.toSpliced(2, 0, "")), 3],
    ["has an unknown type", (all) => text(all.toSpliced(3, 0, '{"type":"note"}')), 4],
    [
      "has a member twice",
      (all) => text(all.with(2, (all[2] ?? "").replace('"seq":1', '"seq":1,"seq":1'))),
      3,
    ],
    ["has a huge number", (all) => text(all.with(2, (all[2] ?? "").replace('"seq":1', '"seq":1e999'))), 3],
    ["has another notation", (all) => text(all.with(2, (all[2] ?? "").replace('"seq":1', '"seq":1.0'))), 3],
    ["is nested without end", (all) => text(all.with(2, "[".repeat(100_000))), 3],
    [
      "is not UTF-8",
      (all) => Buffer.concat([Buffer.from(text(all.slice(0, 2))), Buffer.from([0xff, 10])]),
      3,
    ],
    ["is a second beginning", (all) => text(all.toSpliced(2, 0, all[0] ?? "")), 3],
    ["has a key that is no point", (all) => text(all.with(-1, (all.at(-1) ?? "").replace(key.x, key.y))), 0],
    [
      "has half a character",
      (all) => text(all.with(2, (all[2] ?? "").replace("s00-1-0", String.raw`\ud800`))),
      3,
    ],
  ])("names the line that %s", async (_, change, line) => {
    const { code, out } = await verify(change(lines));
    expect(code).toBe(1);
    expect(out).toMatch(/^fault: [^\n]*$/);
    expect(out).toContain(line > 0 ? `export.ndjson:${line})` : "at its end");
  });

  it.each<[string, readonly string[], string]>([
    ["no export", [], "one export is expected"],
    ["an unknown option", ["a", "--loud"], "--loud"],
    ["a file that is not there", ["/nowhere/export.ndjson"], "ENOENT"],
    ["a key in the url", ["https://example.test/audit/export?subscription-key=x"], "AUDIT_KEY"],
    ["a password in the url", ["https://a:b@example.test/audit/export"], "AUDIT_KEY"],
    [
      "a checkpoint that is not there",
      ["-", "--checkpoint", "/nowhere.json"],
      "/nowhere.json: no checkpoint",
    ],
    ["a folder that is not there", ["-", "--published", "/nowhere"], "ENOENT"],
  ])("says nothing of an export for %s", async (_, args, message) => {
    const { code, out, warned } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(warned).toContain(message);
  });

  it("names a file that is something else, and quotes nothing of it", async () => {
    const secret = "0123456789 a secret";
    for (const [option, content] of [
      ["--key", { ...key, d: secret }],
      ["--key", secret],
      ["--key", { ...key, x: key.y }],
      ["--checkpoint", secret],
      ["--checkpoint", { ...checkpoints[0], more: secret }],
    ] as const) {
      const { code, warned } = await verify(text(lines), option, await file("other.json", content));
      expect(code).toBe(2);
      expect(warned).toContain("other.json: no ");
      expect(warned).not.toContain("0123456789");
    }
    expect((await verify("<html>a page</html>\n")).warned).toContain("this is no export");
  });
});

describe("audit:verify of an address", () => {
  const serve = async (listener: RequestListener, check: (url: string) => Promise<void>): Promise<void> => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    try {
      await check(`http://127.0.0.1:${port}/audit/export`);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };

  it("sends the key of the environment, and verifies what comes", async () => {
    const seen: unknown[] = [];
    await serve(
      (request, response) => {
        seen.push(request.headers["ocp-apim-subscription-key"]);
        response.end(text(lines));
      },
      async (url) => expect((await run([url], { subscriptionKey: "a key" })).code).toBe(0),
    );
    expect(seen).toEqual(["a key"]);
  });

  it.each([401, 302, 503])("says nothing when it answers %d", async (status) => {
    await serve(
      (_, response) => response.writeHead(status, { location: "/elsewhere" }).end("{}"),
      async (url) => {
        const { code, warned } = await run([url], { subscriptionKey: "a key" });
        expect({ code, named: warned.includes(`answers ${status}`) }).toEqual({ code: 2, named: true });
        expect(warned).not.toContain("a key");
      },
    );
  });

  it("says nothing when the connection breaks off, also at the end of a line", async () => {
    await serve(
      (_, response) => void response.write(text(lines), () => response.destroy()),
      async (url) =>
        expect(await run([url])).toMatchObject({ code: 2, warned: expect.stringContaining("broke off") }),
    );
  });

  it("does not send a key where others can read it", async () => {
    const { code, warned } = await run(["http://example.test/audit/export"], { subscriptionKey: "a key" });
    expect({ code, told: warned.includes("https only") }).toEqual({ code: 2, told: true });
  });
});
