import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { packageApp } from "./package-app.ts";
import { zip } from "./zip.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "zip-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const entries = [
  { path: "host.json", content: Buffer.from('{ "version": "2.0" }') },
  { path: "index.cjs", content: Buffer.from("exports.a = 1;\n".repeat(5_000)) },
  { path: "empty.txt", content: Buffer.alloc(0) },
  { path: "größe.txt", content: Buffer.from("ß") },
];

const python = spawnSync("python3", ["-c", ""]).status === 0;

describe("zip", () => {
  it("is the same for the same entries, in whatever order they come", () => {
    expect(zip(entries).equals(zip(entries.toReversed()))).toBe(true);
  });

  it("holds what was put in", () => {
    const archive = zip(entries.slice(0, 1));
    const [nameLength, packedLength] = [archive.readUInt16LE(26), archive.readUInt32LE(18)];
    expect(archive.toString("utf8", 30, 30 + nameLength)).toBe("host.json");
    const packed = archive.subarray(30 + nameLength, 30 + nameLength + packedLength);
    expect(inflateRawSync(packed).toString()).toBe('{ "version": "2.0" }');
  });

  (python ? it : it.skip)("is read by another implementation, which finds no fault", () => {
    const file = join(directory, "app.zip");
    writeFileSync(file, zip(entries));
    const script = `import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[i.filename, i.file_size, oct(i.external_attr >> 16), list(i.date_time), archive.read(i).decode()[:20]] for i in archive.infolist()]))`;
    const { stdout, stderr } = spawnSync("python3", ["-c", script, file], { encoding: "utf8" });
    expect(stderr).toBe("");
    const epoch = [1980, 1, 1, 0, 0, 0];
    expect(JSON.parse(stdout)).toEqual([
      ["empty.txt", 0, "0o100644", epoch, ""],
      ["größe.txt", 2, "0o100644", epoch, "ß"],
      ["host.json", 20, "0o100644", epoch, '{ "version": "2.0" }'],
      ["index.cjs", 75_000, "0o100644", epoch, "exports.a = 1;\nexpor"],
    ]);
  });
});

describe("packageApp", () => {
  it("packs what an app is, and not the build's own records", async () => {
    for (const name of [
      "host.json",
      "index.cjs",
      "index.cjs.map",
      "package.json",
      "telemetry.cjs",
      "inputs.json",
    ])
      writeFileSync(join(directory, name), name);
    const archive = await packageApp(directory);
    expect(archive.equals(await packageApp(directory))).toBe(true);
    expect(archive.includes("index.cjs")).toBe(true);
    expect(archive.includes("inputs.json")).toBe(false);
  });

  it("says what to do when an app was not built", async () => {
    await expect(packageApp(join(directory, "none"))).rejects.toThrow(
      /host.json is missing. Run: npm run build/,
    );
  });
});
