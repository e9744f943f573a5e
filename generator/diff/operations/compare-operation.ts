import { objectAt } from "../../load/json.ts";
import { originOf } from "../sides/locator.ts";
import { sentence, tell, type OperationPair, judgeContainers, judgeKeys } from "./api-pair.ts";
import { compareBody } from "./compare-body.ts";
import { compareParameters } from "./compare-parameters.ts";
import { compareResponses } from "./compare-responses.ts";
import { compareSecurity } from "./compare-security.ts";
import { compareServers } from "./compare-servers.ts";

/** Compares what partners send to an operation and what they get from it. */
export function compareOperation(pair: OperationPair): void {
  compareAddress(pair);
  compareName(pair);
  compareDeprecation(pair);
  compareSecurity(pair);
  compareServers(pair);
  compareParameters(pair);
  compareBody(pair);
  compareResponses(pair);
}

function compareAddress(pair: OperationPair): void {
  const { base, head } = pair.operations;
  const [oldPaths, paths] = [
    objectAt(pair.base.api.document, "paths"),
    objectAt(pair.head.api.document, "paths"),
  ];
  judgeKeys(pair, oldPaths, paths);
  judgeKeys(pair, objectAt(oldPaths, base.path), objectAt(paths, head.path), [
    "parameters",
    base.method.toLowerCase(),
  ]);
  judgeContainers(pair, base.node, head.node, ["parameters", "requestBody", "responses"]);
  const anonymous = (path: string): string => path.replaceAll(/\{[^}]*\}/g, "{}");
  if (base.method === head.method && anonymous(base.path) === anonymous(head.path)) return;
  const address = ({ method, path }: typeof base): string => `${method} ${path}`;
  const isMoved = base.path !== head.path;
  const item = objectAt(paths, head.path);
  tell(
    pair,
    {
      head: isMoved ? originOf(paths, head.path) : originOf(item, head.method.toLowerCase()),
      base: isMoved
        ? originOf(oldPaths, base.path)
        : originOf(objectAt(oldPaths, base.path), base.method.toLowerCase()),
    },
    sentence(
      "breaking/address-changed",
      head.operationId,
      `${head.operationId} is ${address(head)}, it was ${address(base)}: calls to that are refused`,
      `${address(base)} is ${address(head)} now`,
    ),
    base.operationId,
  );
}

function compareName(pair: OperationPair): void {
  const { base, head } = pair.operations;
  judgeKeys(pair, base.node, head.node, ["operationId"]);
  if (base.operationId === head.operationId) return;
  tell(
    pair,
    { head: originOf(head.node, "operationId"), base: originOf(base.node, "operationId") },
    sentence(
      "breaking/operation-id-changed",
      head.operationId,
      `operationId ${base.operationId} → ${head.operationId} renames it in generated clients, and API Management deletes ${base.operationId} with its policy`,
      `the operation \`${base.operationId}\` is called \`${head.operationId}\` in generated clients`,
    ),
    base.operationId,
  );
}

function compareDeprecation(pair: OperationPair): void {
  const { base, head } = pair.operations;
  judgeKeys(pair, base.node, head.node, ["deprecated"]);
  const [was, is] = [base.node.deprecated === true, head.node.deprecated === true];
  if (was === is) return;
  const what = is ? "is deprecated" : "is not deprecated any more";
  tell(
    pair,
    { head: originOf(head.node, "deprecated"), base: originOf(base.node, "deprecated"), headNode: head.node },
    sentence(
      is ? "compatible/deprecated" : "compatible/documentation",
      head.operationId,
      `${head.operationId} ${what}`,
      `${head.method} ${head.path} ${what}`,
    ),
    base.operationId,
  );
}
