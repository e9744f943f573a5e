import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildApps } from "../../../generator/build/build-apps.ts";
import { FAILPOINTS } from "../../../runtime/failpoint.ts";
import { buildTestApps } from "./build-test-apps.ts";
import { KILL_EVENT } from "./messages.ts";

const PROJECT = join(import.meta.dirname, "../../..");
const APPS = ["audit", "patient"];

/** That each of them is passed, and kills, is shown by `tests/faults/crash`. */
describe("failpoints", () => {
  let directory: string;
  const read = (folder: string): string =>
    APPS.map((name) => readFileSync(join(directory, folder, name, "index.cjs"), "utf8")).join("\n");

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "specimen-failpoints-"));
    await buildApps({ projectDirectory: PROJECT, outputDirectory: join(directory, "product") });
    await buildTestApps(join(directory, "test"));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("are nothing in the product: no name, no call, nothing that kills", () => {
    const product = read("product");
    expect(product).not.toContain(KILL_EVENT);
    expect(product).not.toMatch(/process\.kill|SIGKILL|\bfailpoint\(/);
    expect(FAILPOINTS.filter((name) => product.includes(`"${name}"`))).toEqual([]);
  });

  it("are all in the test build, which can kill", () => {
    const test = read("test");
    expect(test).toContain(KILL_EVENT);
    expect(test).toContain("SIGKILL");
    expect(FAILPOINTS.filter((name) => !test.includes(`failpoint("${name}")`))).toEqual([]);
  });

  it("cannot be edited where their text is not", async () => {
    const edit = { file: "runtime/failpoint.ts", from: "nowhere to be found", to: "" };
    await expect(buildTestApps(join(directory, "edited"), [edit])).rejects.toThrow(
      "runtime/failpoint.ts does not hold this once: nowhere to be found",
    );
  });
});
