import type { IndexSpecification } from "mongodb";

/**
 * One collection of an app, as plain data: `handlers/<api>/collections.ts` declares them, the app makes them where they
 * are missing, and the infrastructure makes them in Azure.
 */
export interface CollectionDeclaration {
  readonly name: string;
  /** The field that spreads documents over partitions (Cosmos DB), and that point reads and writes name. */
  readonly shardKey: string;
  readonly indexes: readonly IndexDeclaration[];
  /** The type of its resources in `x-audit`, when it holds any: where an interrupted access looks for what it has done. */
  readonly resource?: string;
}

export interface IndexDeclaration {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
}

/** An index's key as the driver takes it. */
export function indexKey({ key }: IndexDeclaration): IndexSpecification {
  return { ...key };
}
