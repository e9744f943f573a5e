import { ConfigurationError } from "../configuration.ts";

/** Where telemetry is sent. */
export interface IngestionAddress {
  /** As it was given. */
  readonly connectionString: string;
  /** `https://westeurope-5.in.applicationinsights.azure.com` */
  readonly endpoint: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NAME = "APPLICATIONINSIGHTS_CONNECTION_STRING";

/**
 * Reads the connection string of an Application Insights resource. It says where to, and opens nothing.
 * Source: Microsoft Learn, "Connection strings in Application Insights".
 * @throws {ConfigurationError} which names what is wrong with it
 */
export function readConnectionString(connectionString: string): IngestionAddress {
  const parts = new Map(
    connectionString.split(";").flatMap((part) => {
      const [name = "", ...value] = part.split("=");
      return name.trim() === "" ? [] : [[name.trim().toLowerCase(), value.join("=").trim()] as const];
    }),
  );
  if (!GUID.test(parts.get("instrumentationkey") ?? "")) refuse("InstrumentationKey=<a GUID>");
  const endpoint = parts.get("ingestionendpoint") ?? "";
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:")
    refuse("IngestionEndpoint=<an http or https URL>");
  return { connectionString, endpoint: url.origin };
}

function refuse(missing: string): never {
  throw new ConfigurationError(
    `Setting ${NAME} has no ${missing}; expected InstrumentationKey=…;IngestionEndpoint=…`,
  );
}
