import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MongoClient } from "mongodb";
import { openCollection } from "../../../handlers/audit/ledger/open-accesses.ts";
import { recordCollection } from "../../../handlers/audit/ledger/projected-record.ts";
import type { OperationDefinition } from "../../../runtime/operation.ts";
import { AUDITOR_KEY, PARTNER_KEY } from "../../support/addresses.ts";
import type { PlatformAddresses } from "../../support/start-test-platform.ts";
import type { CheckedOperation } from "../contract/operation.ts";
import type { PublishedContract } from "../contract/read-contracts.ts";
import { httpPart, type HttpPart } from "./http-part.ts";

/** What is held against the contracts. A test of the check puts a broken one in the place of one of them. */
export interface Parts {
  /** What the generator made of an operation, its validators among it. */
  definition(operation: CheckedOperation): OperationDefinition;
  /** The app of an API, called at its functions host. */
  app(api: string): HttpPart;
  /** The gateway, called with the subscription that opens an API. */
  gateway(api: string): HttpPart;
  /**
   * Forgets what the cases so far have left where the audit register looks for records. The ledger that these were made from
   * stays, or it would prove nothing any more.
   */
  clearRegister(): Promise<void>;
  close(): Promise<void>;
}

/** The parts of a running platform. @param connections to each of them */
export async function partsOf(
  projectDirectory: string,
  contracts: readonly PublishedContract[],
  { gateway, apps, keys, databases }: PlatformAddresses,
  connections: number,
): Promise<Parts> {
  const register = new MongoClient(databases.audit ?? "");
  const definitions = new Map<string, OperationDefinition>();
  const atHost = new Map<string, HttpPart>();
  const atGateway = new Map<string, HttpPart>();
  for (const { api } of contracts) {
    for (const definition of await generatedOperations(projectDirectory, api))
      definitions.set(`${api} ${definition.operationId}`, definition);
    const hostKey = { header: "x-functions-key", value: keys[api]?.hostKeys.default ?? "" };
    const subscription = {
      header: "ocp-apim-subscription-key",
      value: api === "audit" ? AUDITOR_KEY : PARTNER_KEY,
    };
    atHost.set(api, httpPart(apps[api] ?? "", hostKey, connections));
    atGateway.set(api, httpPart(gateway, subscription, connections));
  }
  return {
    definition: ({ api, operationId }) => found(definitions.get(`${api} ${operationId}`), operationId),
    app: (api) => found(atHost.get(api), api),
    gateway: (api) => found(atGateway.get(api), api),
    clearRegister: async () => {
      const database = register.db("audit");
      const queried = [recordCollection, openCollection];
      await Promise.all(queried.map(({ name }) => database.collection(name).deleteMany({})));
    },
    close: async () => {
      await register.close();
      await Promise.all([...atHost.values(), ...atGateway.values()].map((part) => part.close()));
    },
  };
}

async function generatedOperations(projectDirectory: string, api: string): Promise<OperationDefinition[]> {
  const file = join(projectDirectory, "generated", api, "operations.ts");
  const module = (await import(pathToFileURL(file).href)) as {
    operations: Readonly<Record<string, OperationDefinition>>;
  };
  return Object.values(module.operations);
}

function found<T>(one: T | undefined, name: string): T {
  if (one === undefined) throw new Error(`nothing was generated for ${name}. Run: npm run generate`);
  return one;
}
