import { describe, expect, it } from "@jest/globals";
import { createApp } from "./app.ts";
import type { AppOptions } from "./app.ts";
import { ConfigurationError } from "./configuration.ts";
import { recordingSink } from "./testing/recording-sink.ts";

const SETTINGS = {
  AUDIT_URL: "http://127.0.0.1:7072",
  KEY_VAULT_URL: "http://127.0.0.1:7073",
  MONGODB_DATABASE: "patient",
};

const OPTIONS: AppOptions<null> = {
  service: "patient",
  collections: [],
  parts: () => ({ context: () => null }),
};

/** What creating an app says when it refuses; it would connect otherwise. */
function refusal(changes: Record<string, string | undefined>, options = OPTIONS): string {
  try {
    createApp({ ...options, environment: { ...SETTINGS, ...changes } });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error("The app was created.");
}

describe("createApp", () => {
  it.each(["AUDIT_URL", "KEY_VAULT_URL", "MONGODB_DATABASE"])("does not start without %s", (name) => {
    for (const value of [undefined, "", "  "]) {
      expect(refusal({ [name]: value })).toMatch(new RegExp(`^Setting ${name} is not set; expected `));
    }
  });

  it.each([
    ["AUDIT_URL", "audit.internal"],
    ["AUDIT_URL", "ftp://audit.internal"],
    ["AUDIT_URL", "https://audit.internal/auditrecords"],
    ["KEY_VAULT_URL", "vault"],
    ["KEY_VAULT_URL", "https://vault.example/secrets/x"],
    ["AUDIT_TIMEOUT_MS", "0"],
    ["OUTBOX_TIMEOUT_MS", "-1"],
    ["AUDIT_INTERRUPTED_AFTER_MS", "1 min"],
    ["DATABASE_TIMEOUT_MS", "2s"],
    ["REPLY_VALIDATION", "off"],
    ["REPLY_VALIDATION", "production"],
    ["REPLY_VALIDATION_RATE", "10%"],
    ["REPLY_VALIDATION_RATE", "1.5"],
  ])("does not start with %s %j", (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^Setting ${name} is "${value}"; expected `));
  });

  it("asks no register's address of the register itself, and everything else", () => {
    const register = { ...OPTIONS, parts: () => ({ context: () => null, audit: recordingSink() }) };
    expect(refusal({ AUDIT_URL: undefined, REPLY_VALIDATION: "off" }, register)).toContain(
      "REPLY_VALIDATION",
    );
    expect(refusal({ AUDIT_URL: undefined, KEY_VAULT_URL: "" }, register)).toContain("KEY_VAULT_URL");
  });
});
