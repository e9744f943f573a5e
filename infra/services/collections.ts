import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** One collection of an app: what the database must know of `handlers/<api>/collections.ts`. */
export interface Collection {
  readonly name: string;
  readonly shardKey: string;
  readonly indexes: readonly { readonly name: string; readonly key: Readonly<Record<string, 1 | -1>> }[];
}

/** @throws for an API whose folder declares none */
export async function loadCollections(projectDirectory: string, api: string): Promise<readonly Collection[]> {
  const path = `handlers/${api}/collections.ts`;
  const module = (await import(pathToFileURL(join(projectDirectory, path)).href)) as {
    readonly collections?: readonly Collection[];
  };
  if (!module.collections) throw new Error(`${path} exports no collections.`);
  return module.collections;
}

/**
 * A collection's indexes as Azure Resource Manager takes them, `_id` among them, which it asks for.
 * @throws for a descending field: all are ascending there
 */
export function indexesOf({ name, indexes }: Collection): { keys: string[]; unique: boolean }[] {
  return [
    { keys: ["_id"], unique: true },
    ...indexes.map((index) => {
      const descending = Object.entries(index.key).find(([, order]) => order !== 1);
      if (descending)
        throw new Error(
          `The index ${index.name} of ${name} has ${descending[0]} descending; Cosmos DB cannot be told so.`,
        );
      return { keys: Object.keys(index.key), unique: false };
    }),
  ];
}
