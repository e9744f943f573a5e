import type { ExpressionDeployment } from "../expressions/context.ts";

/** The gateway as expressions (`context.Deployment`) and telemetry name it. */
export const deployment: ExpressionDeployment = {
  region: "local",
  serviceId: "specimen",
  serviceName: "specimen",
  gatewayId: "local",
};
