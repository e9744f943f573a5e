import { describe, expect, it } from "@jest/globals";
import { ConfigurationError, settingsFrom } from "./configuration.ts";
import type { SettingReader } from "./configuration.ts";
import { caught } from "./testing/caught.ts";

const refusal = async (value: string | undefined, read: (settings: SettingReader) => unknown) => {
  const error = await caught(() => read(settingsFrom({ NAME: value })));
  expect(error).toBeInstanceOf(ConfigurationError);
  return error instanceof Error ? error.message : "";
};

describe("settingsFrom", () => {
  it("reads text, trimmed", () => {
    expect(settingsFrom({ NAME: " patient " }).text("NAME", "a name")).toBe("patient");
  });

  it.each([undefined, "", "  "])("says what is missing for %j", async (value) => {
    expect(await refusal(value, (settings) => settings.text("NAME", "the database's name"))).toBe(
      "Setting NAME is not set; expected the database's name.",
    );
    expect(await refusal(value, (settings) => settings.url("NAME"))).toContain("Setting NAME is not set");
  });

  it.each([
    ["http://127.0.0.1:7072", "http://127.0.0.1:7072"],
    ["https://vault.example/", "https://vault.example"],
    ["HTTPS://Vault.example:443", "https://vault.example"],
  ])("reads the address %s", (value, expected) => {
    expect(settingsFrom({ NAME: value }).url("NAME")).toBe(expected);
  });

  it.each([
    "vault.example",
    "127.0.0.1:80",
    "ftp://vault.example",
    "http:",
    "http://",
    "http://a b",
    "http://vault.example/path",
    "http://vault.example?x=1",
    "http://vault.example/#x",
    "http://user:pass@vault.example",
  ])("refuses %j as an address, and says what it read", async (value) => {
    expect(await refusal(value, (settings) => settings.url("NAME"))).toBe(
      `Setting NAME is "${value}"; expected an absolute http or https URL without a path.`,
    );
  });

  it("reads whole numbers", () => {
    expect(settingsFrom({ NAME: "250" }).integer("NAME", 1)).toBe(250);
    expect(settingsFrom({ NAME: "" }).integer("NAME", 7)).toBe(7);
    expect(settingsFrom({}).integer("NAME", 7, 1)).toBe(7);
  });

  it.each(["0", "-1", "1.5", "ten", "1s", "NaN", "Infinity", "9007199254740993"])(
    "refuses %j where a whole number from 1 is expected",
    async (value) => {
      expect(await refusal(value, (settings) => settings.integer("NAME", 5, 1))).toBe(
        `Setting NAME is "${value}"; expected a whole number, 1 or more.`,
      );
    },
  );

  it("reads shares", () => {
    const share = (NAME?: string) => settingsFrom({ NAME }).share("NAME", 0.5);
    expect(["0", "1", "0.1", " .25 ", "1.0", "0.00", "", undefined].map(share)).toEqual([
      0, 1, 0.1, 0.25, 1, 0, 0.5, 0.5,
    ]);
  });

  it.each(["-0.1", "1.1", "10%", "2", "1e-1", "0x1", "NaN", "Infinity", "0,1", ".", "1."])(
    "refuses %j where a share is expected",
    async (value) => {
      expect(await refusal(value, (settings) => settings.share("NAME", 1))).toBe(
        `Setting NAME is "${value}"; expected a share between 0 (none) and 1 (all), such as 0.1.`,
      );
    },
  );

  it("reads a choice, exactly as it is spelt", async () => {
    expect(settingsFrom({ NAME: "log" }).choice("NAME", ["refuse", "log"], "refuse")).toBe("log");
    expect(settingsFrom({}).choice("NAME", ["refuse", "log"], "refuse")).toBe("refuse");
    for (const value of ["Log", "off", "__proto__"]) {
      expect(await refusal(value, (settings) => settings.choice("NAME", ["refuse", "log"], "log"))).toBe(
        `Setting NAME is "${value}"; expected one of refuse, log.`,
      );
    }
  });
});
