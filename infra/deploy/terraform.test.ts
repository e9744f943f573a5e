import { afterAll, describe, expect, it } from "@jest/globals";
import { openTerraform } from "./terraform.ts";
import { fakeTerraform, removeFakes } from "./testing/fake-terraform.ts";

afterAll(removeFakes);

const open = (program: string) => openTerraform({ program, dataDirectory: "unused", output: "hide" });

describe("openTerraform", () => {
  it("says which version is expected, and where it is to be had, when there is none", async () => {
    await expect(open("no-such-terraform")).rejects.toThrow(
      /^There is no program no-such-terraform that can be run; expected Terraform 1\.11 or newer\. Install it from https:.*TERRAFORM=/,
    );
  });

  it.each(["0.15.5", "1.9.8", "1.10.0-beta1"])("refuses version %s", async (version) => {
    await expect(open(fakeTerraform({ version }).program)).rejects.toThrow(
      `is version ${version}; expected Terraform 1.11`,
    );
  });

  it.each(["1.11.0", "1.12.6-dev", "2.0.1"])("takes version %s", async (version) => {
    await expect(open(fakeTerraform({ version }).program)).resolves.toBeDefined();
  });

  it("refuses what is no Terraform", async () => {
    await expect(open("true")).rejects.toThrow("true does not say its version; expected Terraform 1.11");
  });
});
