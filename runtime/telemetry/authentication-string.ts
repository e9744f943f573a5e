import { ConfigurationError } from "../configuration.ts";

/** As whom telemetry is sent. */
export interface IngestionIdentity {
  /** Which of several identities; absent for the system's. */
  readonly clientId?: string;
}

/**
 * Reads how telemetry proves where it comes from: `Authorization=AAD`, optionally with the `ClientId` of one of the app's
 * identities. Source: Microsoft Learn, "Microsoft Entra authentication for Application Insights".
 * @throws {ConfigurationError}
 */
export function readAuthenticationString(authentication: string): IngestionIdentity {
  const parts = new Map(
    authentication.split(";").map((part) => {
      const [name = "", value = ""] = part.split("=");
      return [name.trim().toLowerCase(), value.trim()] as const;
    }),
  );
  if (parts.get("authorization") !== "AAD")
    throw new ConfigurationError(
      "Setting APPLICATIONINSIGHTS_AUTHENTICATION_STRING has no Authorization=AAD; expected Authorization=AAD or ClientId=…;Authorization=AAD.",
    );
  const clientId = parts.get("clientid");
  return clientId === undefined || clientId === "" ? {} : { clientId };
}
