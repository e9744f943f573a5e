import type { AzureEnvironment } from "../generated/environment.ts";

/** Where a release is tried before it goes to production: production's limits on smaller machines. */
export const test = {
  name: "test",
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
    subscriptionId: "00000000-0000-4000-8000-000000000012",
    region: "westeurope",
    prefix: "specimen",
    addressSpace: "10.20.0.0/22",
    publisher: { name: "Specimen", email: "api@specimen.example" },
    operators: { groupObjectId: "00000000-0000-4000-8000-000000000002", email: "operators@specimen.example" },
    deployment: { principalObjectId: "00000000-0000-4000-8000-000000000003" },
    state: { resourceGroup: "specimen-state", storageAccount: "specimenstatetest", container: "terraform" },
    gatewayUnits: 1,
    apps: {
      audit: {
        instanceMemoryMb: 2048,
        alwaysReadyInstances: 1,
        maximumInstances: 40,
        maximumThroughput: 4000,
      },
      patient: {
        instanceMemoryMb: 2048,
        alwaysReadyInstances: 1,
        maximumInstances: 40,
        maximumThroughput: 4000,
      },
    },
    retention: { logDays: 30, checkpointDays: 1 },
    replyValidation: "refuse",
    telemetry: { samplingRatio: 1, logLevel: "info" },
  },
} satisfies AzureEnvironment;
