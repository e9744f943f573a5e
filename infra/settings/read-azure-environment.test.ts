import { expect, test } from "@jest/globals";
import { prod } from "../../environments/prod.ts";
import { readAzureEnvironment } from "./read-azure-environment.ts";
import { SettingFaults } from "./setting-faults.ts";

const EXPECTED = { apis: Object.keys(prod.azure.apps), namedValues: Object.keys(prod.namedValues) };

test("an environment that is right is returned as it is", () => {
  expect(readAzureEnvironment(prod, "environments/prod.ts", EXPECTED)).toBe(prod);
});

test.each<[string, unknown, string]>([
  ["name", "production", 'is "production"; expected 2 to 6 lower-case letters and digits'],
  ["azure.tenantId", "tenant", 'is "tenant"; expected a UUID'],
  ["azure.subscriptionId", 7, "is 7; expected a UUID"],
  [
    "azure.region",
    "West Europe",
    'is "West Europe"; expected the short name of a region, such as "westeurope"',
  ],
  [
    "azure.prefix",
    "Specimen",
    'is "Specimen"; expected a letter and 1 to 9 letters and digits, in lower case',
  ],
  [
    "azure.prefix",
    "toolongaprefix",
    'is "toolongaprefix"; expected a letter and 1 to 9 letters and digits, in lower case',
  ],
  ["azure.addressSpace", "10.30.0.0/23", outsideOf("10.30.0.0/23")],
  ["azure.addressSpace", "10.30.1.0/22", outsideOf("10.30.1.0/22")],
  ["azure.addressSpace", "10.30.0.0", outsideOf("10.30.0.0")],
  ["azure.publisher.email", "nobody", 'is "nobody"; expected an e-mail address'],
  ["azure.operators.groupObjectId", null, "is null; expected a UUID"],
  ["azure.deployment", undefined, "is missing; expected an object with principalObjectId"],
  [
    "azure.state.storageAccount",
    "Specimen-State",
    'is "Specimen-State"; expected 3 to 24 lower-case letters and digits',
  ],
  [
    "azure.state.container",
    "a--b",
    'is "a--b"; expected 3 to 63 lower-case letters, digits and single dashes',
  ],
  ["azure.gatewayUnits", 0, "is 0; expected an integer from 1 to 10"],
  ["azure.gatewayUnits", 1.5, "is 1.5; expected an integer from 1 to 10"],
  ["azure.apps.audit.instanceMemoryMb", 1024, "is 1024; expected 512 or 2048 or 4096"],
  ["azure.apps.audit.alwaysReadyInstances", 0, "is 0; expected an integer from 1 to 1000"],
  ["azure.apps.audit.maximumInstances", 39, "is 39; expected an integer from 40 to 1000"],
  ["azure.apps.audit.maximumThroughput", 1500, "is 1500; expected a multiple of 1000, from 1000 to 1000000"],
  [
    "azure.apps.patient",
    undefined,
    "is missing; expected an object with instanceMemoryMb, alwaysReadyInstances, maximumInstances, maximumThroughput",
  ],
  ["azure.retention.logDays", 9999, "is 9999; expected an integer from 30 to 730"],
  ["azure.retention.checkpointDays", "1", 'is "1"; expected an integer from 1 to 146000'],
  ["azure.replyValidation", "throw", 'is "throw"; expected "refuse" or "log"'],
  ["azure.telemetry", undefined, "is missing; expected an object with samplingRatio, logLevel"],
  ["azure.telemetry.samplingRatio", 0, "is 0; expected a number above 0, at most 1"],
  ["azure.telemetry.samplingRatio", 1.5, "is 1.5; expected a number above 0, at most 1"],
  ["azure.telemetry.samplingRatio", "1", 'is "1"; expected a number above 0, at most 1'],
  [
    "azure.telemetry.samplingRatio",
    0.3,
    "is 0.3; expected 1 divided by a whole number, since a trace that is recorded stands for a whole number of them: the apps would take 0.25",
  ],
  ["azure.telemetry.logLevel", "debug", 'is "debug"; expected "info" or "warn" or "error"'],
  [
    "azure.telemetry.logLevel",
    "warn",
    'is "warn"; expected "info": every environment has the alarms, and some of them read lines of that level',
  ],
  ["azure.replyValidaton", "log", "is not a setting; remove it"],
  ["azure.apps.lab", {}, "is not a setting; remove it"],
  ["namedValues.partner-calls", undefined, "is missing; expected a text that is not empty"],
  ["namedValues.partner-calls", "", 'is ""; expected a text that is not empty'],
])("%s: %j is refused", (path, value, fault) => {
  expect(faultsOf(changed(path, value))).toEqual([`environments/prod.ts: ${path} ${fault}`]);
});

test.each([1, 0.5, 1 / 3, 0.25, 0.1, 0.01])("a share of %s is taken as it is", (samplingRatio) => {
  expect(faultsOf(changed("azure.telemetry.samplingRatio", samplingRatio))).toEqual([]);
});

test("all faults are told at once, one a line", () => {
  const environment = changed("azure.gatewayUnits", 11, changed("azure.retention.logDays", 1));
  expect(faultsOf(environment)).toEqual([
    "environments/prod.ts: azure.gatewayUnits is 11; expected an integer from 1 to 10",
    "environments/prod.ts: azure.retention.logDays is 1; expected an integer from 30 to 730",
  ]);
});

test("settings that contradict each other are refused", () => {
  const environment = changed("azure.apps.audit.alwaysReadyInstances", 101, changed("name", "test"));
  expect(faultsOf(environment)).toEqual([
    'environments/prod.ts: name is "test"; expected the name of the file',
    "environments/prod.ts: azure.apps.audit.alwaysReadyInstances is 101; expected no more than maximumInstances, 100",
  ]);
});

test.each([undefined, null, [], "prod"])("%j is no environment", (value) => {
  expect(() => readAzureEnvironment(value, "environments/prod.ts", EXPECTED)).toThrow(
    "expected an object with name, namedValues, azure",
  );
});

function outsideOf(range: string): string {
  return `is "${range}"; expected an IPv4 range that begins where its size says, /8 to /22, such as "10.0.0.0/22"`;
}

function faultsOf(value: unknown): readonly string[] {
  try {
    readAzureEnvironment(value, "environments/prod.ts", EXPECTED);
  } catch (error) {
    if (error instanceof SettingFaults) return error.faults;
    throw error;
  }
  return [];
}

type Settings = Record<string, unknown>;

/** A copy with one setting changed, or removed by `undefined`. */
function changed(path: string, value: unknown, environment: unknown = prod): unknown {
  const copy = structuredClone(environment) as Settings;
  const members = path.split(".");
  const last = members.pop() ?? "";
  const parent = members.reduce((object, member) => object[member] as Settings, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}
