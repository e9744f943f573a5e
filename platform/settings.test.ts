import { describe, expect, it } from "@jest/globals";
import { readSettings, SettingError } from "./settings.ts";

const APIS = ["audit", "patient"];

function refusal(environment: Readonly<Record<string, string>>): string {
  try {
    readSettings(environment, APIS);
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  throw new Error("The settings were read.");
}

describe("readSettings", () => {
  it("needs none", () => {
    expect(readSettings({}, APIS)).toMatchObject({
      gatewayPort: 8080,
      replyValidation: "refuse",
      mongodbUris: {},
    });
  });

  it.each(["throw", "refuse", "log"] as const)("reads what becomes of answers: %s", (value) => {
    expect(readSettings({ SPECIMEN_REPLY_VALIDATION: value }, APIS).replyValidation).toBe(value);
  });

  it.each(["", "off", "Throw", "production", "__proto__"])("refuses %j for it", (value) => {
    expect(refusal({ SPECIMEN_REPLY_VALIDATION: value })).toBe(
      `Setting SPECIMEN_REPLY_VALIDATION is "${value}"; expected one of throw, refuse, log.`,
    );
  });

  it("sends telemetry to the collector here, nowhere, or to a resource of one's own", () => {
    const connectionString =
      "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=https://x/";
    const read = (value: string) => readSettings({ SPECIMEN_TELEMETRY: value }, APIS).telemetry;
    expect(readSettings({}, APIS)).toMatchObject({
      telemetry: "local",
      telemetrySampling: "1",
      logLevel: "info",
    });
    expect([read("local"), read("off"), read(connectionString)]).toEqual([
      "local",
      "off",
      { connectionString },
    ]);
  });

  it.each([
    ["SPECIMEN_TELEMETRY", "on"],
    ["SPECIMEN_TELEMETRY", ""],
    ["SPECIMEN_TELEMETRY_SAMPLING", "10%"],
    ["SPECIMEN_TELEMETRY_SAMPLING", "1.5"],
    ["SPECIMEN_TELEMETRY_SAMPLING", "-0.1"],
    ["SPECIMEN_LOG_LEVEL", "debug"],
  ])("refuses %s=%j by name", (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^Setting ${name} is .*expected`));
  });

  it("keeps checkpoints beside the state folder, never inside it", () => {
    const { stateDirectory, checkpointDirectory } = readSettings({ SPECIMEN_STATE_DIR: "/tmp/state" }, APIS);
    expect([stateDirectory, checkpointDirectory]).toEqual(["/tmp/state", "/tmp/state-checkpoints"]);
    for (const inside of ["/tmp/state", "/tmp/state/checkpoints", "/tmp/x/../state/a"])
      expect(refusal({ SPECIMEN_STATE_DIR: "/tmp/state", SPECIMEN_CHECKPOINT_DIR: inside })).toBe(
        `Setting SPECIMEN_CHECKPOINT_DIR is "${inside}"; expected a folder outside SPECIMEN_STATE_DIR.`,
      );
  });

  it.each(["audit", "ftp://audit.internal", "http://audit.internal/auditrecords"])(
    "refuses %j as another Audit app",
    (url) => {
      expect(refusal({ SPECIMEN_AUDIT_URL: url })).toBe(
        `Setting SPECIMEN_AUDIT_URL is "${url}"; expected an http or https URL without a path.`,
      );
    },
  );

  it.each(["SPECIMEN_REPLY_VALIDATON", "MONGODB_URI_PATIENTS"])("does not know %s", (name) => {
    expect(refusal({ [name]: "log" })).toMatch(
      new RegExp(`^Setting ${name} is not known\\. .*SPECIMEN_REPLY_VALIDATION`),
    );
  });
});
