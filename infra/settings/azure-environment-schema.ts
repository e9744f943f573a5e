import type { SchemaObject } from "ajv";

/** What an environment must have, beside what is the same for all. */
export interface ExpectedSettings {
  /** The APIs' names: each has settings in `azure.apps`. */
  readonly apis: readonly string[];
  /** The named values that are no addresses. */
  readonly namedValues: readonly string[];
}

const uuid = text("a UUID", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");
const email = text("an e-mail address", "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$");

/**
 * The rules that `AzureEnvironment` cannot state. Each leaf's `description` ends the sentence "expected …", which is what
 * people read who have broken it.
 */
export function azureEnvironmentSchema({ apis, namedValues }: ExpectedSettings): SchemaObject {
  return members({
    name: text("2 to 6 lower-case letters and digits", "^[a-z0-9]{2,6}$"),
    namedValues: members(
      Object.fromEntries(namedValues.map((name) => [name, text("a text that is not empty", "^.{1,4096}$")])),
    ),
    azure: members({
      tenantId: uuid,
      subscriptionId: uuid,
      region: text('the short name of a region, such as "westeurope"', "^[a-z]{4,}[0-9]?$"),
      prefix: text("a letter and 1 to 9 letters and digits, in lower case", "^[a-z][a-z0-9]{1,9}$"),
      addressSpace: {
        type: "string",
        format: "ipv4-range",
        description: 'an IPv4 range that begins where its size says, /8 to /22, such as "10.0.0.0/22"',
      },
      publisher: members({ name: text("1 to 100 characters", "^.{1,100}$"), email }),
      operators: members({ groupObjectId: uuid, email }),
      deployment: members({ principalObjectId: uuid }),
      state: members({
        resourceGroup: text("1 to 90 letters, digits, _ - . ( )", "^[-\\w.()]{0,89}[-\\w()]$"),
        storageAccount: text("3 to 24 lower-case letters and digits", "^[a-z0-9]{3,24}$"),
        container: text(
          "3 to 63 lower-case letters, digits and single dashes",
          "^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$",
        ),
      }),
      gatewayUnits: integer(1, 10),
      apps: members(Object.fromEntries(apis.map((api) => [api, appSettings]))),
      retention: members({ logDays: integer(30, 730), checkpointDays: integer(1, 146_000) }),
      replyValidation: choice("refuse", "log"),
      telemetry: members({
        samplingRatio: {
          type: "number",
          exclusiveMinimum: 0,
          maximum: 1,
          description: "a number above 0, at most 1",
        },
        logLevel: choice("info", "warn", "error"),
      }),
    }),
  });
}

const appSettings = members({
  instanceMemoryMb: choice(512, 2048, 4096),
  alwaysReadyInstances: integer(1, 1000),
  maximumInstances: integer(40, 1000),
  maximumThroughput: {
    type: "integer",
    minimum: 1000,
    maximum: 1_000_000,
    multipleOf: 1000,
    description: "a multiple of 1000, from 1000 to 1000000",
  },
});

function members(properties: Record<string, SchemaObject>): SchemaObject {
  return {
    type: "object",
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
    description: `an object with ${Object.keys(properties).join(", ")}`,
  };
}

function text(description: string, pattern: string): SchemaObject {
  return { type: "string", pattern, description };
}

function integer(minimum: number, maximum: number): SchemaObject {
  return { type: "integer", minimum, maximum, description: `an integer from ${minimum} to ${maximum}` };
}

function choice(...values: readonly (string | number)[]): SchemaObject {
  return { enum: values, description: values.map((value) => JSON.stringify(value)).join(" or ") };
}
