import type { OperationModel } from "../../model/model.ts";

/** Which operations of two contracts are the same. Internal ones are no part of what partners see. */
export interface Matches {
  readonly both: readonly { readonly base: OperationModel; readonly head: OperationModel }[];
  readonly removed: readonly OperationModel[];
  readonly added: readonly OperationModel[];
}

/**
 * Operations are the same when method and path are, whatever the parameters of the path are called; of those that are left,
 * when they have the same operationId.
 */
export function matchOperations(base: readonly OperationModel[], head: readonly OperationModel[]): Matches {
  const before = base.filter(({ internal }) => !internal);
  const after = head.filter(({ internal }) => !internal);
  const byAddress = pairUp(before, after, addressOf);
  const left = <T>(all: readonly T[], used: readonly T[]): T[] => all.filter((one) => !used.includes(one));
  const removed = left(
    before,
    byAddress.map((pair) => pair.base),
  );
  const added = left(
    after,
    byAddress.map((pair) => pair.head),
  );
  const byId = pairUp(removed, added, ({ operationId }) => operationId);
  return {
    both: [...byAddress, ...byId],
    removed: left(
      removed,
      byId.map((pair) => pair.base),
    ),
    added: left(
      added,
      byId.map((pair) => pair.head),
    ),
  };
}

/** `GET /patient/{}`. */
export function addressOf({ method, path }: OperationModel): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`;
}

function pairUp(
  base: readonly OperationModel[],
  head: readonly OperationModel[],
  keyOf: (operation: OperationModel) => string,
): { base: OperationModel; head: OperationModel }[] {
  const byKey = new Map(head.map((operation) => [keyOf(operation), operation]));
  return base.flatMap((operation) => {
    const other = byKey.get(keyOf(operation));
    return other ? [{ base: operation, head: other }] : [];
  });
}
