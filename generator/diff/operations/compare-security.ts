import { isList, isObject, listAt, objectAt, stringsAt, without, type JsonObject } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { OperationModel } from "../../model/model.ts";
import { canonicalText } from "../schemas/canonical.ts";
import { originOf } from "../sides/locator.ts";
import type { ApiSide } from "../sides/read-side.ts";
import { sentence, tell, type OperationPair } from "./api-pair.ts";

/** What a caller must have, all of it: schemes by what they are, and scopes. */
type Credentials = ReadonlyMap<string, string>;

/** Compares what opens an operation: any one of several sets of credentials (OpenAPI 3.1.1, 4.8.30). */
export function compareSecurity(pair: OperationPair): void {
  const { base, head } = pair.operations;
  const [before, after] = [alternatives(pair.base, base), alternatives(pair.head, head)];
  pair.judged.base.addWhole(ownerOf(pair.base, base), "security");
  pair.judged.head.addWhole(ownerOf(pair.head, head), "security");
  judgeSchemes(pair);
  const closed = before.filter((one) => !after.some((other) => opens(one, other)));
  const opened = after.filter((one) => !before.some((other) => opens(one, other)));
  for (const one of closed) {
    const text = `${nameOf(one)} does not open it any more`;
    tell(
      pair,
      spotOf(pair, before, after),
      sentence("breaking/security-tightened", "security", text),
      base.operationId,
    );
  }
  if (closed.length > 0) return;
  for (const one of opened) {
    const text = `${nameOf(one)} opens it too`;
    tell(
      pair,
      spotOf(pair, before, after),
      sentence("compatible/security-loosened", "security", text),
      base.operationId,
    );
  }
}

/** Whether a caller who has these credentials has what an alternative asks for. */
function opens(has: Credentials, asked: Credentials): boolean {
  return [...asked.keys()].every((key) => has.has(key));
}

function nameOf(credentials: Credentials): string {
  return credentials.size === 0 ? "a call without credentials" : [...credentials.values()].join(" and ");
}

function ownerOf({ api }: ApiSide, { node }: OperationModel): JsonObject {
  return "security" in node ? node : api.document;
}

function alternatives(side: ApiSide, operation: OperationModel): Credentials[] {
  const requirements = listAt(ownerOf(side, operation), "security").filter(isObject);
  if (requirements.length === 0) return [new Map()];
  return requirements.map((requirement) => credentialsOf(requirement, side));
}

/** Schemes are known by what they say, not by what they are called. */
function credentialsOf(requirement: JsonObject, side: ApiSide): Credentials {
  const entries = Object.entries(requirement).flatMap(([name, scopes]): [string, string][] => {
    const scheme = without(without(schemeOf(side, name), "description"), "flows");
    const text = canonicalText(scheme);
    const asked = isList(scopes) ? stringsAt(requirement, name) : [];
    return [
      [text, name],
      ...asked.map((scope): [string, string] => [`${text} ${scope}`, `the scope ${scope}`]),
    ];
  });
  return new Map(entries);
}

function schemeOf({ api }: ApiSide, name: string): JsonObject {
  const schemes = objectAt(objectAt(api.document, "components"), "securitySchemes");
  return dereference(api.document, schemes[name]);
}

/** The line of the scheme when that changed, and otherwise the list of what is asked for. */
function spotOf(
  pair: OperationPair,
  before: readonly Credentials[],
  after: readonly Credentials[],
): Parameters<typeof tell>[1] {
  const names = new Set([...before, ...after].flatMap((one) => [...one.values()]));
  for (const name of names) {
    const [old, now] = [schemeOf(pair.base, name), schemeOf(pair.head, name)];
    const isKnown = Object.keys(old).length > 0 && Object.keys(now).length > 0;
    const keys = [...new Set([...Object.keys(now), ...Object.keys(old)])].filter(
      (key) => key !== "description",
    );
    const key = keys.find((one) => canonicalText(old[one] ?? null) !== canonicalText(now[one] ?? null));
    if (isKnown && key !== undefined)
      return { head: originOf(now, key), base: originOf(old, key), headNode: now };
  }
  const [old, now] = [ownerOf(pair.base, pair.operations.base), ownerOf(pair.head, pair.operations.head)];
  const headNode = pair.operations.head.node;
  return { head: originOf(now, "security"), base: originOf(old, "security"), headNode };
}

function judgeSchemes(pair: OperationPair): void {
  for (const side of ["base", "head"] as const) {
    const schemes = objectAt(objectAt(pair[side].api.document, "components"), "securitySchemes");
    for (const scheme of Object.values(schemes)) {
      if (!isObject(scheme)) continue;
      const keys = Object.keys(scheme).filter((key) => key !== "description");
      pair.judged[side].addWhole(scheme, ...keys);
      pair.judged[side].addNode(scheme);
    }
  }
}
