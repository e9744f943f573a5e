import { Ajv2020 } from "ajv/dist/2020.js";
import type { SchemaObject, ErrorObject } from "ajv/dist/2020.js";
import type { AzureEnvironment, TelemetrySettings } from "../../generated/environment.ts";
import { azureEnvironmentSchema } from "./azure-environment-schema.ts";
import type { ExpectedSettings } from "./azure-environment-schema.ts";
import { parseIpv4Range } from "./ipv4-range.ts";
import { SettingFaults } from "./setting-faults.ts";

/**
 * Checks what the types of an environment cannot say.
 * @param where the environment's file, relative to the project
 * @throws {SettingFaults} with every fault there is: a wrong, a missing and an unknown setting
 */
export function readAzureEnvironment(
  value: unknown,
  where: string,
  expected: ExpectedSettings,
): AzureEnvironment {
  const validate = compile<AzureEnvironment>(expected);
  if (!validate(value)) throw SettingFaults.in(where, faultsOf(validate.errors ?? []));
  const faults = contradictions(value, where);
  if (faults.length > 0) throw SettingFaults.in(where, faults);
  return value;
}

function compile<T>(expected: ExpectedSettings) {
  const ajv = new Ajv2020({ allErrors: true, verbose: true });
  ajv.addFormat("ipv4-range", (range: string) => {
    const bits = parseIpv4Range(range)?.bits;
    return bits !== undefined && bits >= 8 && bits <= 22;
  });
  return ajv.compile<T>(azureEnvironmentSchema(expected));
}

/** One fault for each setting: a value that is wrong in two ways is one fault. */
function faultsOf(errors: readonly ErrorObject[]): string[] {
  return [...new Set(errors.map(faultOf))];
}

function faultOf({ instancePath, keyword, params, parentSchema, data }: ErrorObject): string {
  const path = instancePath.split("/").slice(1);
  const at = (member: unknown) => [...path, String(member)].join(".");
  const schema = parentSchema as SchemaObject;
  if (keyword === "required") {
    const missing = String(params.missingProperty);
    const properties = schema.properties as Record<string, { description: string }>;
    return `${at(missing)} is missing; expected ${properties[missing]?.description ?? "a value"}`;
  }
  if (keyword === "additionalProperties")
    return `${at(params.additionalProperty)} is not a setting; remove it`;
  return `${path.join(".") || "the environment"} is ${shown(data)}; expected ${String(schema.description)}`;
}

function shown(data: unknown): string {
  return data === undefined ? "missing" : JSON.stringify(data);
}

function contradictions({ name, azure }: AzureEnvironment, where: string): string[] {
  const instances = Object.entries(azure.apps)
    .filter(([, app]) => app.alwaysReadyInstances > app.maximumInstances)
    .map(
      ([api, app]) =>
        `azure.apps.${api}.alwaysReadyInstances is ${app.alwaysReadyInstances}; expected no more than maximumInstances, ${app.maximumInstances}`,
    );
  const named = where.endsWith(`${name}.ts`) ? [] : [`name is "${name}"; expected the name of the file`];
  return [...named, ...instances, ...telemetryFaults(azure.telemetry)];
}

function telemetryFaults({ samplingRatio, logLevel }: TelemetrySettings): string[] {
  const taken = 1 / Math.ceil(1 / samplingRatio);
  const uncountable =
    taken === samplingRatio
      ? []
      : [
          `azure.telemetry.samplingRatio is ${samplingRatio}; expected 1 divided by a whole number, since a trace that is recorded stands for a whole number of them: the apps would take ${taken}`,
        ];
  const silent =
    logLevel === "info"
      ? []
      : [
          `azure.telemetry.logLevel is "${logLevel}"; expected "info": every environment has the alarms, and some of them read lines of that level`,
        ];
  return [...uncountable, ...silent];
}
