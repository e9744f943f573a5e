import type { PlatformModel } from "../model/model.ts";
import { namedValuesOf } from "../policies/named-values.ts";
import { ALL_SOURCES, codeArtefact, POLICY_FOLDER, type Artefact } from "./artefact.ts";
import { allDocuments } from "./emit-manifest.ts";
import { codeFile } from "./output.ts";

/** `environment.ts`: the type that `environments/*.ts` are held to. */
export function emitEnvironment({ apis, policies }: PlatformModel): Artefact[] {
  const settings = namedValuesOf(allDocuments(policies)).filter(({ kind }) => kind === "setting");
  const members = settings.map(({ name }) => `  readonly ${JSON.stringify(name)}: string;`);
  const code = `/** The named values of the policies that are no addresses. */
export interface NamedValues {
${members.join("\n")}
}

/** What differs between environments. */
export interface Environment {
  readonly namedValues: NamedValues;
}

/** The APIs that there are, each with a function app of its own. */
export type ApiName = ${apis.map(({ name }) => JSON.stringify(name)).join(" | ")};

${AZURE_SETTINGS}`;
  const file = codeFile("environment.ts", [...apis.map(({ files }) => files[0]), POLICY_FOLDER], code);
  return [codeArtefact(file, ALL_SOURCES)];
}

/** What a deployment needs beside the named values. `infra/settings/` checks what a type cannot say. */
const AZURE_SETTINGS = `/** An environment that is deployed to Azure. */
export interface AzureEnvironment extends Environment {
  /** Part of every resource's name: lower-case letters and digits, 2 to 6. */
  readonly name: string;
  readonly azure: AzureSettings;
}

export interface AzureSettings {
  /** The Entra tenant, a UUID. */
  readonly tenantId: string;
  /** A UUID. One subscription may hold several environments. */
  readonly subscriptionId: string;
  /** Such as \`westeurope\`. */
  readonly region: string;
  /** The beginning of every resource's name: lower-case letters and digits, 2 to 10. */
  readonly prefix: string;
  /** The virtual network's IPv4 range in CIDR notation, /22 or larger; its subnets are cut from it. */
  readonly addressSpace: string;
  /** Whom API Management names as the publisher, and writes to. */
  readonly publisher: { readonly name: string; readonly email: string };
  /** Who is told of alarms and may rotate keys: an Entra group and its address. */
  readonly operators: { readonly groupObjectId: string; readonly email: string };
  /** The service principal of the pipeline: its object id. */
  readonly deployment: { readonly principalObjectId: string };
  /** Where Terraform keeps its state. It exists before the first deployment. */
  readonly state: { readonly resourceGroup: string; readonly storageAccount: string; readonly container: string };
  /** Units of API Management (Standard v2), 1 to 10. */
  readonly gatewayUnits: number;
  /** Subnets are cut in this order: an API that is added comes last, or those that are there would move. */
  readonly apps: Readonly<Record<ApiName, AppSettings>>;
  readonly retention: {
    /** Days that logs are kept, 30 to 730. */
    readonly logDays: number;
    /** Days for which a published checkpoint cannot be changed or deleted, 1 to 146,000. */
    readonly checkpointDays: number;
  };
  /** What the apps do with an answer that breaks the contract: see ARCHITECTURE.md. */
  readonly replyValidation: "refuse" | "log";
  readonly telemetry: TelemetrySettings;
}

/** How much the apps tell of themselves. */
export interface TelemetrySettings {
  /**
   * The share of traces that the apps record, above 0 and at most 1. A failure is recorded whatever it says. One of the traces
   * recorded stands for a whole number of them, so it is 1, 1/2, 1/3 and so on.
   */
  readonly samplingRatio: number;
  /** The least that the apps write a line about. */
  readonly logLevel: "info" | "warn" | "error";
}

/** The size of one function app and its database. */
export interface AppSettings {
  /** Memory of an instance in MB. */
  readonly instanceMemoryMb: 512 | 2048 | 4096;
  /** Instances that never stop, at least 1: timers need one. */
  readonly alwaysReadyInstances: number;
  /** 40 to 1,000. */
  readonly maximumInstances: number;
  /** The database's upper limit in request units a second, shared by its collections: 1,000 or more, in thousands. */
  readonly maximumThroughput: number;
}`;
