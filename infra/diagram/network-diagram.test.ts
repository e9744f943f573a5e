import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { dev } from "../../environments/dev.ts";
import { prod } from "../../environments/prod.ts";
import { synthesise } from "../synthesise.ts";
import { networkDiagram } from "./network-diagram.ts";

const project = join(import.meta.dirname, "../..");
let outputDirectory: string;

beforeAll(async () => {
  outputDirectory = await mkdtemp(join(tmpdir(), "diagram-"));
});

afterAll(() => rm(outputDirectory, { recursive: true, force: true }));

describe("docs/network.md", () => {
  it("shows the network of the stacks, which is the same in each environment", async () => {
    const committed = await readFile(join(project, "docs/network.md"), "utf8").catch(() => "");
    for (const environment of [dev, prod]) {
      const page = networkDiagram(
        await synthesise({ environment, projectDirectory: project, outputDirectory }),
      );
      // When this fails: npm run synth -- --write-diagram
      expect(committed).toBe(page);
    }
  });

  it("has one way in from outside", async () => {
    const page = networkDiagram(
      await synthesise({ environment: prod, projectDirectory: project, outputDirectory }),
    );
    expect(page.match(/^ {2}clients -->.*$/gm)).toEqual(["  clients -->|HTTPS| gateway"]);
    expect(page).not.toMatch(/^ {2}_Internet_ -->/m);
  });
});
