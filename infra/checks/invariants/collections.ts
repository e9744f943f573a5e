import { indexesOf } from "../../services/collections.ts";
import type { CheckContext } from "../check-context.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block } from "../stack-index.ts";
import { ownOf } from "./ownership.ts";

const CHECK = "invariants/collections";
const TYPE = "azurerm_cosmosdb_mongo_collection";

/** That each database has the collections that its handlers declare, with their shard keys and indexes, and no others. */
export function checkCollections(context: CheckContext): StackFinding[] {
  const { index, collections } = context;
  return [...collections].flatMap(([api, declared]) => {
    const blocks = ownOf(context, TYPE, api);
    const nameOf = (block: Block) => index.text(block.stack, block.body.name) ?? "";
    const lacking = declared
      .filter(({ name }) => blocks.filter((block) => nameOf(block) === name).length !== 1)
      .map(({ name }) => ({
        check: CHECK,
        stack: "services" as const,
        address: TYPE,
        message: `${api} declares the collection "${name}", and there is not exactly one`,
      }));
    const wrong = blocks.flatMap((block) => {
      const declaration = declared.find(({ name }) => name === nameOf(block));
      if (!declaration) return [at(block, `${api} declares no collection "${nameOf(block)}"`)];
      const expected = JSON.stringify({
        shard_key: declaration.shardKey,
        index: indexesOf(declaration).map(sorted),
      });
      const { shard_key, index: indexes = [] } = block.body;
      const given = JSON.stringify({ shard_key, index: (indexes as readonly object[]).map(sorted) });
      const database = index.target(block.stack, block.body.database_name)?.block;
      return [
        ...(given === expected ? [] : [at(block, `is ${given}, expected ${expected}`)]),
        ...(database && ownOf(context, "azurerm_cosmosdb_mongo_database", api).includes(database)
          ? []
          : [at(block, `database_name leads to another service's database`)]),
      ];
    });
    return [...lacking, ...wrong];
  });
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
