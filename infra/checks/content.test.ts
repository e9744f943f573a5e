import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { dev } from "../../environments/dev.ts";
import { rawPolicy } from "../gateway/raw-policy.ts";
import type { StackDocument } from "../stack-document.ts";
import { synthesise } from "../synthesise.ts";
import type { Expectations } from "./check-stacks.ts";
import { contentInTerraform, findTerraform } from "./content-in-terraform.ts";
import { checkContent } from "./content.ts";
import { gatewayDocuments } from "./gateway-documents.ts";
import { readExpectations } from "./read-expectations.ts";
import { StackIndex } from "./stack-index.ts";

const project = join(import.meta.dirname, "../..");
const terraform = await findTerraform();

let outputDirectory: string;
let stacks: readonly StackDocument[];
let expectations: Expectations;

beforeAll(async () => {
  outputDirectory = await mkdtemp(join(tmpdir(), "stacks-"));
  stacks = await synthesise({ environment: dev, projectDirectory: project, outputDirectory });
  expectations = await readExpectations(project, dev);
});

afterAll(() => rm(outputDirectory, { recursive: true, force: true }));

describe("the content of policies and imports", () => {
  it("is what was generated", () => {
    const { manifest, generated } = expectations;
    expect(checkContent(new StackIndex(stacks), manifest, generated)).toEqual([]);
  });

  it("is that of every document", () => {
    const { manifest, generated } = expectations;
    const files = gatewayDocuments(new StackIndex(stacks), manifest).map(({ file }) => file);
    expect(files.toSorted()).toEqual([...generated.keys()].toSorted());
  });

  const real = terraform === undefined ? it.skip : it;
  real(
    `is what was generated once Terraform has read it${terraform === undefined ? " (skipped: neither terraform nor tofu is installed, and TERRAFORM names none)" : ""}`,
    async () => {
      const { manifest, generated } = expectations;
      const given = await contentInTerraform(terraform ?? "", stacks, manifest);
      for (const { block, file } of gatewayDocuments(new StackIndex(stacks), manifest)) {
        const text = generated.get(file ?? "") ?? "";
        expect(given.get(block.address)).toBe(file?.endsWith(".xml") ? rawPolicy(text) : text);
      }
    },
    120_000,
  );

  real("keeps text that is code to Terraform", async () => {
    const { manifest } = expectations;
    const wild = '{"a": "${b} %{ if c } $${d} %%{e} \\" é \\u0000"}\r\n\ttail ';
    const changed = stacks.map((one) => ({
      ...one,
      assets: new Map([...one.assets].map(([path]) => [path, wild])),
    }));
    const given = await contentInTerraform(terraform ?? "", changed, manifest);
    expect(given.get("azurerm_api_management_api.api-patient")).toBe(wild);
    const index = new StackIndex(changed);
    const [document] = gatewayDocuments(index, manifest);
    expect(document && index.value("gateway", document.raw)).toBe(wild);
  });
});
