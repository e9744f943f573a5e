import { expect, test } from "@jest/globals";
import { prod } from "../environments/prod.ts";
import type { AzureEnvironment } from "../generated/environment.ts";
import { namesOf } from "./names.ts";

const longest: AzureEnvironment = { ...prod, name: "prodeu", azure: { ...prod.azure, prefix: "abcdefghij" } };

test("the longest prefix and environment leave room for every name", () => {
  const names = namesOf(longest);
  expect(names.vault).toHaveLength(20);
  expect(names.checkpointStorage).toHaveLength(20);
  expect(names.hostStorage("patient")).toBe("abcdefghijprodeupatient");
  expect(names.databaseAccount("appointments")).toBe("abcdefghij-prodeu-appointments");
});

test("an API with a long name has a storage account of its own, whatever the prefix", () => {
  const names = namesOf(longest);
  const accounts = ["prescriptions", "prescriptions-archive", "lab-results"].map(names.hostStorage);
  expect(new Set(accounts).size).toBe(3);
  for (const account of accounts) expect(account).toMatch(/^abcdefghijprodeu[a-z0-9]{8}$/);
});

test("a name that Azure would refuse stops the synthesis and names the setting", () => {
  expect(() => namesOf(longest).databaseAccount("a".repeat(30))).toThrow(
    /^environments\/prodeu\.ts: azure\.prefix is "abcdefghij", which makes ".*" the name of a database account; it has 48 characters; Azure allows 44$/,
  );
  expect(() => namesOf(longest).functionApp("Lab_Results")).toThrow("characters that Azure does not allow");
});
