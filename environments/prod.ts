import type { AzureEnvironment } from "../generated/environment.ts";

/** Production. What partners are promised: `npm run diff` judges a change by these limits. Calls are counted per minute. */
export const prod = {
  name: "prod",
  namedValues: {
    "audit-export-calls": "6",
    "audit-read-calls": "300",
    "auditor-calls": "600",
    "partner-calls": "1200",
    "patient-read-calls": "600",
    "patient-write-calls": "120",
  },
  azure: {
    // Ids of nothing that exists: docs/deploy.md says where yours are to be found.
    tenantId: "00000000-0000-4000-8000-000000000001",
    subscriptionId: "00000000-0000-4000-8000-000000000013",
    region: "westeurope",
    prefix: "specimen",
    addressSpace: "10.30.0.0/22",
    publisher: { name: "Specimen", email: "api@specimen.example" },
    operators: { groupObjectId: "00000000-0000-4000-8000-000000000002", email: "operators@specimen.example" },
    deployment: { principalObjectId: "00000000-0000-4000-8000-000000000003" },
    state: { resourceGroup: "specimen-state", storageAccount: "specimenstateprod", container: "terraform" },
    gatewayUnits: 2,
    apps: {
      audit: {
        instanceMemoryMb: 2048,
        alwaysReadyInstances: 2,
        maximumInstances: 100,
        maximumThroughput: 10000,
      },
      patient: {
        instanceMemoryMb: 2048,
        alwaysReadyInstances: 2,
        maximumInstances: 100,
        maximumThroughput: 10000,
      },
    },
    retention: { logDays: 365, checkpointDays: 3650 },
    replyValidation: "log",
    telemetry: {
      // One trace in four: a request is a dozen rows, and rows are what Application Insights costs. Rates and percentiles keep their
      // meaning, since each row says how many it stands for; failures are all recorded, and at the gateway every request is.
      samplingRatio: 0.25,
      logLevel: "info",
    },
  },
} satisfies AzureEnvironment;
