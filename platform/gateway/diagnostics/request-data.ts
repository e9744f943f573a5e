import { deployment } from "../pipeline/deployment.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import type { TelemetryData } from "./telemetry-envelope.ts";
import { timespan } from "./timespan.ts";

/**
 * The request as the client saw it.
 *
 * API Management writes the real path into `url`. Here its template stands, the one difference: nothing that a client sent leaves.
 *
 * @param name see {@link operationName}; @param origin `http://127.0.0.1:8080`
 */
export function requestData(request: RecordedRequest, name: string, origin: string): TelemetryData {
  return {
    baseType: "RequestData",
    baseData: {
      ver: 2,
      id: request.span.spanId,
      name,
      duration: timespan(request.duration),
      success: request.status < 400,
      responseCode: String(request.status),
      url: `${origin}${request.target?.path ?? "/"}`,
      properties: propertiesOf(request),
    },
  };
}

/**
 * The name of the operation in the format `Name`. An address that there is not has no name, and its path is the client's.
 *
 * Source: Azure REST API, "Diagnostic", `operationNameFormat`.
 */
export function operationName({ target, method }: RecordedRequest): string {
  if (target) return `${target.api.id};rev=${target.api.revision} - ${target.operation.id}`;
  return method === null ? "unreadable" : `${method} unmatched`;
}

function propertiesOf({ target, method, product, subscription, requestId }: RecordedRequest) {
  return {
    "Service Type": "API Management",
    "Service ID": deployment.serviceId,
    "Service Name": deployment.serviceName,
    Region: deployment.region,
    ...(target && { "API Name": target.api.id, "API Type": "http", "Operation Name": target.operation.id }),
    ...(product !== null && { "Product Name": product }),
    ...(subscription !== null && { "Subscription Name": subscription }),
    ...(method !== null && { "HTTP Method": method }),
    "Request Id": requestId,
    // Of the policies that look whole responses up in a cache, the local gateway executes none.
    Cache: "none",
  };
}
