import { namesOf } from "../../names.ts";
import type { CheckContext } from "../check-context.ts";
import type { Block } from "../stack-index.ts";

/** The API that a resource serves and no other does; undefined for what is shared. Names say so. */
export function ownedBy(context: CheckContext, block: Block): string | undefined {
  const { index, manifest, environment } = context;
  const names = namesOf(environment);
  const name = index.text(block.stack, block.body.name);
  const ownName = OWN_NAMES[block.type];
  if (ownName) return manifest.apis.find((api) => ownName(names)(api.name) === name)?.name;
  if (block.type === "azurerm_user_assigned_identity")
    return manifest.apis.find(({ app }) => names.identity(app.identity) === name)?.name;
  const parent = PARENTS[block.type];
  if (parent === undefined) return undefined;
  const target = index.target(block.stack, block.body[parent]);
  return target && ownedBy(context, target.block);
}

type NameOfApi = (names: ReturnType<typeof namesOf>) => (api: string) => string;

const OWN_NAMES: Readonly<Record<string, NameOfApi>> = {
  azurerm_function_app_flex_consumption: ({ functionApp }) => functionApp,
  azurerm_service_plan: ({ plan }) => plan,
  azurerm_cosmosdb_account: ({ databaseAccount }) => databaseAccount,
  azurerm_storage_account: ({ hostStorage }) => hostStorage,
};

/** Where a part of something is named by a reference to it. */
const PARENTS: Readonly<Record<string, string>> = {
  azurerm_cosmosdb_mongo_database: "account_name",
  azurerm_cosmosdb_mongo_collection: "account_name",
  azurerm_storage_container: "storage_account_id",
};

/** The resources of a type that serve an API. */
export function ownOf(context: CheckContext, type: string, api: string): Block[] {
  return context.index.resources(type).filter((block) => ownedBy(context, block) === api);
}
