import type { AzureEnvironment } from "../generated/environment.ts";

/** Where developers try what a laptop cannot show. Limits are wide, machines small. */
export const dev = {
  name: "dev",
  namedValues: {
    "audit-export-calls": "60",
    "audit-read-calls": "3000",
    "auditor-calls": "6000",
    "partner-calls": "12000",
    "patient-read-calls": "6000",
    "patient-write-calls": "6000",
  },
  azure: {
    // Ids of nothing that exists: docs/deploy.md says where yours are to be found.
    tenantId: "00000000-0000-4000-8000-000000000001",
    subscriptionId: "00000000-0000-4000-8000-000000000011",
    region: "westeurope",
    prefix: "specimen",
    addressSpace: "10.10.0.0/22",
    publisher: { name: "Specimen", email: "api@specimen.example" },
    operators: { groupObjectId: "00000000-0000-4000-8000-000000000002", email: "operators@specimen.example" },
    deployment: { principalObjectId: "00000000-0000-4000-8000-000000000003" },
    state: { resourceGroup: "specimen-state", storageAccount: "specimenstatedev", container: "terraform" },
    gatewayUnits: 1,
    apps: {
      audit: {
        instanceMemoryMb: 2048,
        alwaysReadyInstances: 1,
        maximumInstances: 40,
        maximumThroughput: 1000,
      },
      patient: {
        instanceMemoryMb: 2048,
        alwaysReadyInstances: 1,
        maximumInstances: 40,
        maximumThroughput: 1000,
      },
    },
    retention: { logDays: 30, checkpointDays: 1 },
    replyValidation: "refuse",
    telemetry: { samplingRatio: 1, logLevel: "info" },
  },
} satisfies AzureEnvironment;
