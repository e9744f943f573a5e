import { isObject, listAt, objectAt, stringAt, type Json, type JsonObject } from "../../load/json.ts";
import { originOf } from "../sides/locator.ts";
import type { OperationModel } from "../../model/model.ts";
import type { ApiSide } from "../sides/read-side.ts";
import { sentence, tell, type OperationPair } from "./api-pair.ts";

/** Compares the addresses that an operation is called at (OpenAPI 3.1.1, 4.8.5). */
export function compareServers(pair: OperationPair): void {
  const { base, head } = pair.operations;
  const [old, now] = [ownerOf(pair.base, base), ownerOf(pair.head, head)];
  const [before, after] = [addressesOf(old), addressesOf(now)];
  judgeList(pair, old, now);
  for (const url of before.filter((one) => !after.includes(one))) {
    const text = `the address ${url} is gone`;
    const spot = { base: originOf(old, "servers"), head: originOf(now, "servers"), headNode: now };
    tell(pair, spot, sentence("breaking/server-removed", url, text), base.operationId);
  }
  for (const url of after.filter((one) => !before.includes(one))) {
    const index = listAt(now, "servers").findIndex((server) => urlOf(server) === url);
    const spot = { head: originOf(listAt(now, "servers"), String(index)) };
    tell(pair, spot, sentence("compatible/server-added", url, `the address ${url} is new`), base.operationId);
  }
}

function ownerOf({ api }: ApiSide, { node, path }: OperationModel): JsonObject {
  const item = objectAt(objectAt(api.document, "paths"), path);
  return [node, item].find((owner) => "servers" in owner) ?? api.document;
}

/** Without a list, the API is where its description is. */
function addressesOf(owner: JsonObject): string[] {
  const urls = listAt(owner, "servers").map(urlOf);
  return urls.length === 0 ? ["/"] : urls;
}

function urlOf(server: Json): string {
  if (!isObject(server)) return "/";
  const variables = JSON.stringify(server.variables ?? {});
  const url = stringAt(server, "url") ?? "/";
  return variables === "{}" ? url : `${url} ${variables}`;
}

function judgeList(pair: OperationPair, old: JsonObject, now: JsonObject): void {
  for (const [side, owner] of [
    ["base", old],
    ["head", now],
  ] as const) {
    const list = listAt(owner, "servers");
    pair.judged[side].add(owner, "servers");
    pair.judged[side].add(list, ...Object.keys(list));
    for (const server of list.filter(isObject)) pair.judged[side].addWhole(server, "url", "variables");
  }
}
