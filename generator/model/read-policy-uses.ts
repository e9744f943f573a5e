import { isList, isObject, type Json, type JsonObject } from "../load/json.ts";
import { checkUse } from "../policies/expand-fragment.ts";
import type { Fragment } from "../policies/load-fragments.ts";
import type { ContractReader } from "./contract-reader.ts";
import type { PolicyUse } from "./model.ts";

const KEY = "x-apim-policies";
const FORM = "a list of fragments with their parameters is expected: - rate-limit: { calls: 10 }";

/** The fragments that `x-apim-policies` of a document or an operation binds, each checked against its parameters. */
export function readPolicyUses(
  node: JsonObject,
  fragments: ReadonlyMap<string, Fragment>,
  reader: ContractReader,
): PolicyUse[] {
  const list = node[KEY] ?? [];
  if (!isList(list)) {
    reader.report(node, KEY, "policy/form", FORM);
    return [];
  }
  const uses = list.flatMap((item) => readUse(item, list, reader));
  for (const { line, column, file, rule, message } of uses.flatMap((use) => checkUse(use, fragments))) {
    reader.findings.report({ file, line, column }, rule, message);
  }
  return uses;
}

function readUse(item: Json, list: readonly Json[], reader: ContractReader): PolicyUse[] {
  const index = list.indexOf(item);
  const entries = isObject(item) ? Object.entries(item) : [];
  const [fragment, parameters] = entries[0] ?? [];
  const values = readValues(parameters ?? {});
  if (fragment === undefined || entries.length !== 1 || !values) {
    reader.report(list, String(index), "policy/form", FORM);
    return [];
  }
  const at = isObject(item) ? reader.at(item) : reader.at(list, index);
  return [{ fragment, parameters: values, at }];
}

/** The parameters of a use as text, or `undefined` when one of them has no text. */
function readValues(parameters: Json): Record<string, string> | undefined {
  if (!isObject(parameters)) return undefined;
  const values = Object.entries(parameters).map(([name, value]): [string, string] | undefined => {
    const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return isScalar ? [name, String(value)] : undefined;
  });
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? Object.fromEntries(known) : undefined;
}
