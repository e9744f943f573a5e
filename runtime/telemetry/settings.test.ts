import { describe, expect, it } from "@jest/globals";
import { ConfigurationError, settingsFrom } from "../configuration.ts";
import { recordingLog } from "../testing/recording-log.ts";
import { readAuthenticationString } from "./authentication-string.ts";
import { readConnectionString } from "./connection-string.ts";
import { noTelemetry, openTelemetry } from "./telemetry.ts";

const KEY = "InstrumentationKey=00000000-0000-0000-0000-000000000001";

describe("readConnectionString", () => {
  it("finds where telemetry goes", () => {
    const text = `${KEY};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;LiveEndpoint=https://x/`;
    expect(readConnectionString(text)).toEqual({
      connectionString: text,
      endpoint: "https://westeurope-5.in.applicationinsights.azure.com",
    });
    expect(readConnectionString(`ingestionendpoint=http://127.0.0.1:9/ ;${KEY};`).endpoint).toBe(
      "http://127.0.0.1:9",
    );
  });

  it.each([
    ["canary", "InstrumentationKey"],
    ["InstrumentationKey=canary;IngestionEndpoint=https://x/", "InstrumentationKey"],
    [KEY, "IngestionEndpoint"],
    [`${KEY};IngestionEndpoint=canary`, "IngestionEndpoint"],
    [`${KEY};IngestionEndpoint=file:///canary`, "IngestionEndpoint"],
  ])("refuses %j, and repeats nothing of it", (text, missing) => {
    const reading = () => readConnectionString(text);
    expect(reading).toThrow(ConfigurationError);
    expect(reading).toThrow(`Setting APPLICATIONINSIGHTS_CONNECTION_STRING has no ${missing}=`);
    expect(reading).not.toThrow("canary");
  });
});

describe("readAuthenticationString", () => {
  it("tells which identity proves where telemetry comes from", () => {
    expect(readAuthenticationString("ClientId=a-b;Authorization=AAD")).toEqual({ clientId: "a-b" });
    expect(readAuthenticationString("Authorization=AAD")).toEqual({});
  });

  it.each(["", "canary", "ClientId=a-b", "Authorization=Key"])("refuses %j", (text) => {
    expect(() => readAuthenticationString(text)).toThrow(
      "Setting APPLICATIONINSIGHTS_AUTHENTICATION_STRING has no Authorization=AAD",
    );
  });
});

describe("openTelemetry", () => {
  const open = (settings: Record<string, string>) =>
    openTelemetry(settingsFrom(settings), "patient", recordingLog().write);

  it("sends nothing without a connection string", () => {
    expect(open({})).toBe(noTelemetry);
  });

  it.each([
    ["APPLICATIONINSIGHTS_CONNECTION_STRING", "canary"],
    ["TELEMETRY_SAMPLING", "2"],
    ["TELEMETRY_METRICS_INTERVAL_MS", "0"],
  ])("refuses %s=%s by name", (name, value) => {
    expect(() => open({ [name]: value })).toThrow(`Setting ${name} `);
  });

  it("loads nothing before there is something to send", async () => {
    const telemetry = open({
      APPLICATIONINSIGHTS_CONNECTION_STRING: `${KEY};IngestionEndpoint=http://127.0.0.1:9/`,
    });
    expect(telemetry.isOn).toBe(true);
    await telemetry.close();
  });
});
