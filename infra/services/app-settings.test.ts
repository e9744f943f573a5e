import { expect, test } from "@jest/globals";
import type { ManifestApi } from "../manifest.ts";
import type { FoundationParts } from "../parts.ts";
import { appSettings } from "./app-settings.ts";

test("an app has the settings that the manifest names, and those of its host", () => {
  expect(settingsOf("KEY_VAULT_URL", "MONGODB_DATABASE")).toEqual({
    KEY_VAULT_URL: "https://vault/",
    MONGODB_DATABASE: "patient",
    AZURE_CLIENT_ID: "client",
    REPLY_VALIDATION: "log",
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "ClientId=client;Authorization=AAD",
    OTEL_SERVICE_NAME: "patient",
    TELEMETRY_SAMPLING: "0.25",
    LOG_LEVEL: "info",
    OTEL_TRACES_SAMPLER: "always_off",
    AzureWebJobsStorage: "",
    AzureWebJobsStorage__accountName: "storage",
    AzureWebJobsStorage__credential: "managedidentity",
    AzureWebJobsStorage__clientId: "client",
  });
});

test.each(["AUDIT_URL", "REDIS_URL"])("%s, which there is not, stops the synthesis", (setting) => {
  expect(() => settingsOf(setting)).toThrow(`The app of patient needs the setting ${setting}`);
});

function settingsOf(...settings: string[]): Record<string, string> {
  return appSettings({
    api: { name: "patient", app: { settings } } as unknown as ManifestApi,
    foundation: {
      vault: { uri: "https://vault/" },
      checkpoints: { url: "https://checkpoints" },
    } as unknown as FoundationParts,
    identity: { id: "id", clientId: "client", principalId: "principal" },
    hostStorageName: "storage",
    replyValidation: "log",
    telemetry: { samplingRatio: 0.25, logLevel: "info" },
    auditUrl: undefined,
  });
}
