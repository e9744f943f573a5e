import type { TelemetrySettings } from "../../generated/environment.ts";
import type { ManifestApi } from "../manifest.ts";
import type { FoundationParts, IdentityPart } from "../parts.ts";

export interface AppSettingsOptions {
  readonly api: ManifestApi;
  readonly foundation: FoundationParts;
  readonly identity: IdentityPart;
  readonly hostStorageName: string;
  readonly replyValidation: "refuse" | "log";
  readonly telemetry: TelemetrySettings;
  /** The register's address, for those that record. */
  readonly auditUrl: string | undefined;
}

/**
 * An app's settings: what the manifest says that it needs, and what its Functions host needs. None is a secret.
 * @throws for a setting that the infrastructure does not know
 */
export function appSettings(options: AppSettingsOptions): Record<string, string> {
  const { api, foundation, identity, hostStorageName, replyValidation, telemetry } = options;
  const known: Readonly<Record<string, string | undefined>> = {
    KEY_VAULT_URL: foundation.vault.uri,
    MONGODB_DATABASE: api.name,
    AUDIT_URL: options.auditUrl,
    CHECKPOINT_STORAGE_URL: foundation.checkpoints.url,
  };
  const needed = api.app.settings.map((name) => {
    const value = known[name];
    if (value === undefined)
      throw new Error(
        `The app of ${api.name} needs the setting ${name}, which the infrastructure does not have; it has ${Object.keys(known).join(", ")}.`,
      );
    return [name, value];
  });
  return {
    ...(Object.fromEntries(needed) as Record<string, string>),
    // Which of its identities an app means when it asks for a token.
    AZURE_CLIENT_ID: identity.clientId,
    REPLY_VALIDATION: replyValidation,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${identity.clientId};Authorization=AAD`,
    // The app's name on the map and in queries, in each environment the same.
    OTEL_SERVICE_NAME: api.name,
    TELEMETRY_SAMPLING: String(telemetry.samplingRatio),
    LOG_LEVEL: telemetry.logLevel,
    // For the host alone, which would record each request a second time. The app records its own, and does not read this.
    // Source: azure-functions-host, pull request 11568 (4.1048.100).
    OTEL_TRACES_SAMPLER: "always_off",
    // The provider puts a key-based connection string here unless it finds the setting.
    AzureWebJobsStorage: "",
    AzureWebJobsStorage__accountName: hostStorageName,
    AzureWebJobsStorage__credential: "managedidentity",
    AzureWebJobsStorage__clientId: identity.clientId,
  };
}
