import { isSchema, objectAt, stringAt, type JsonObject } from "../../load/json.ts";
import { dereference } from "../../model/contract-reader.ts";
import type { OperationModel } from "../../model/model.ts";
import { canonicalText } from "../schemas/canonical.ts";
import type { Origin, Term } from "../schemas/shape.ts";
import { originOf } from "../sides/locator.ts";
import type { ApiSide } from "../sides/read-side.ts";
import { judgeValues } from "../values/judge-values.ts";
import { firstDifferent, judgeKeys, resolvePair, sentence, tell, type OperationPair } from "./api-pair.ts";
import { keyOf, listParameters, type ListedParameter } from "./list-parameters.ts";

/** Compares what partners may and must send beside the body. */
export function compareParameters(pair: OperationPair): void {
  const { base, head } = pair.operations;
  const before = listParameters(pair.base, base);
  const after = listParameters(pair.head, head);
  const renamed = pairRenamed(before, after);
  const counterpart = (
    parameter: ListedParameter,
    others: readonly ListedParameter[],
  ): ListedParameter | undefined =>
    others.find((other) =>
      parameter.in === "path"
        ? other.position === parameter.position && other.in === "path"
        : keyOf(other) === keyOf(parameter),
    );
  for (const parameter of before) {
    pair.judged.base.add(parameter.list, String(parameter.index));
    const other = counterpart(parameter, after);
    const successor = renamed.get(parameter);
    if (other) compareParameter(parameter, other, pair);
    else if (successor) tellRenamed(parameter, successor, pair);
    else tellRemoved(parameter, pair);
  }
  for (const parameter of after) {
    pair.judged.head.add(parameter.list, String(parameter.index));
    const isRenamed = [...renamed.values()].includes(parameter);
    if (!counterpart(parameter, before) && !isRenamed) tellAdded(parameter, pair);
  }
}

/** Parameters that are the same but for their names. Those of the path are known by their position. */
function pairRenamed(
  before: readonly ListedParameter[],
  after: readonly ListedParameter[],
): ReadonlyMap<ListedParameter, ListedParameter> {
  const keys = (all: readonly ListedParameter[]): Set<string> => new Set(all.map(keyOf));
  const textOf = ({ node }: ListedParameter): string =>
    canonicalText({ ...node, name: null, description: null, example: null, examples: null });
  const [old, now] = [keys(before), keys(after)];
  const made = after.filter((one) => one.in !== "path" && !old.has(keyOf(one)));
  const gone = before.filter((one) => one.in !== "path" && !now.has(keyOf(one)));
  const pairs = gone.flatMap((one): [ListedParameter, ListedParameter][] => {
    const index = made.findIndex((other) => textOf(other) === textOf(one));
    const [other] = index < 0 ? [] : made.splice(index, 1);
    return other ? [[one, other]] : [];
  });
  return new Map(pairs);
}

function tellRenamed(before: ListedParameter, after: ListedParameter, pair: OperationPair): void {
  const { base, head, swap } = resolvePair(pair, before.entry, after.entry);
  judgeKeys(pair, base, head);
  tell(
    pair,
    { head: originOf(after.node, "name"), base: originOf(before.node, "name"), swap },
    sentence(
      "breaking/request-parameter-removed",
      labelOf(before),
      `${labelOf(before)} is called ${after.name} now: what partners may send is not read any more`,
      `${labelOf(before)} is called \`${after.name}\``,
    ),
    pair.operations.base.operationId,
  );
}

/** `the query parameter limit`. */
function labelOf({ in: place, name }: ListedParameter): string {
  return place === "header" ? `the header ${name}` : `the ${place} parameter ${name}`;
}

function tellRemoved(parameter: ListedParameter, pair: OperationPair): void {
  const label = labelOf(parameter);
  pair.judged.base.addWhole(parameter.list, String(parameter.index));
  tell(
    pair,
    {
      base: { node: parameter.list, key: String(parameter.index) },
      headNode: pair.operations.head.node,
      alsoBase: listsOf(pair.base, pair.operations.base),
    },
    sentence(
      "breaking/request-parameter-removed",
      label,
      `${label} is gone: what partners may send is not read any more`,
      `${label} is gone`,
    ),
    pair.operations.base.operationId,
  );
}

/** Where the parameters of an operation are listed: in it, and in its path. */
function listsOf({ api }: ApiSide, { node, path }: OperationModel): (Origin | undefined)[] {
  const item = objectAt(objectAt(api.document, "paths"), path);
  return [originOf(node, "parameters"), originOf(item, "parameters")];
}

function tellAdded(parameter: ListedParameter, pair: OperationPair): void {
  const label = labelOf(parameter);
  const isRequired = parameter.node.required === true;
  pair.judged.head.addWhole(parameter.list, String(parameter.index));
  tell(
    pair,
    {
      head: { node: parameter.list, key: String(parameter.index) },
      alsoHead: listsOf(pair.head, pair.operations.head),
    },
    isRequired
      ? sentence(
          "breaking/request-parameter-required",
          label,
          `${label} is new and required: requests without it are rejected`,
          `${label} must be sent`,
        )
      : sentence("compatible/request-parameter-added", label, `${label} can be sent`),
    pair.operations.base.operationId,
  );
}

function compareParameter(before: ListedParameter, after: ListedParameter, pair: OperationPair): void {
  const { base, head, swap } = resolvePair(pair, before.entry, after.entry);
  const label = labelOf(after);
  judgeKeys(pair, base, head, [
    "name",
    "in",
    "required",
    "deprecated",
    "schema",
    "content",
    "x-invalid-status",
  ]);
  compareName(before, after, pair);
  compareRequired(base, head, label, pair, swap);
  compareFlags(base, head, label, pair, swap);
  compareWriting(before, after, label, pair);
  judgeValues(pair.terms, termOf(base), termOf(head), {
    api: pair.name,
    operation: pair.operations.base.operationId,
    locator: pair.locator,
    report: pair.report,
    known: pair.base.api.document,
    swap,
    direction: "request",
    kind: "parameter",
    label,
  });
}

function termOf({ schema }: JsonObject): Term {
  return isSchema(schema) ? [schema] : [];
}

/** What a parameter of the path is called is never sent. */
function compareName(before: ListedParameter, after: ListedParameter, pair: OperationPair): void {
  if (before.name === after.name) return;
  const text =
    after.in === "path"
      ? `the path parameter ${before.name} is called ${after.name}: requests stay as they are`
      : `the header ${before.name} is written ${after.name}, which is the same`;
  tell(
    pair,
    { head: originOf(after.node, "name"), base: originOf(before.node, "name") },
    sentence("compatible/off-the-wire", labelOf(after), text),
    pair.operations.base.operationId,
  );
}

type Swap = ReturnType<typeof resolvePair>["swap"];

function compareRequired(
  base: JsonObject,
  head: JsonObject,
  label: string,
  pair: OperationPair,
  swap: Swap,
): void {
  const [was, is] = [base.required === true, head.required === true];
  if (was === is) return;
  tell(
    pair,
    { head: originOf(head, "required"), base: originOf(base, "required"), headNode: head, swap },
    is
      ? sentence(
          "breaking/request-parameter-required",
          label,
          `${label} is required now: requests without it are rejected`,
          `${label} must be sent`,
        )
      : sentence("compatible/request-widened", label, `${label} may be left out`),
    pair.operations.base.operationId,
  );
}

function compareFlags(
  base: JsonObject,
  head: JsonObject,
  label: string,
  pair: OperationPair,
  swap: Swap,
): void {
  const operation = pair.operations.base.operationId;
  const [was, is] = [base.deprecated === true, head.deprecated === true];
  const spot = (key: string): Parameters<typeof tell>[1] => ({
    head: originOf(head, key),
    base: originOf(base, key),
    headNode: head,
    swap,
  });
  if (was !== is) {
    const rule = is ? "compatible/deprecated" : "compatible/documentation";
    const text = `${label} is ${is ? "" : "not "}deprecated${is ? "" : " any more"}`;
    tell(pair, spot("deprecated"), sentence(rule, label, text), operation);
  }
  const [from, to] = [base, head].map((node) => JSON.stringify(node["x-invalid-status"] ?? 404));
  if (from === to || head.in !== "path") return;
  const text = `a malformed value of ${label} is answered with ${to ?? ""}, it was ${from ?? ""}`;
  tell(pair, spot("x-invalid-status"), sentence("breaking/refusal-status-changed", label, text), operation);
}

/** OpenAPI 3.1.1, 4.8.12.2: what `style` and `explode` are when they are not said. */
const STYLES: Readonly<Record<string, string>> = {
  path: "simple",
  header: "simple",
  query: "form",
  cookie: "form",
};

/** How a value is written into the request. */
function compareWriting(
  before: ListedParameter,
  after: ListedParameter,
  label: string,
  pair: OperationPair,
): void {
  const keys = ["style", "explode", "allowReserved", "content"];
  firstDifferent(pair, before.node, after.node, keys);
  const [from, to] = [writingOf(before, pair.base.api.document), writingOf(after, pair.head.api.document)];
  const key = keys.find((_, index) => from[index] !== to[index]);
  if (key === undefined) return;
  const index = keys.indexOf(key);
  const text = `${key} of ${label} ${from[index] ?? "none"} → ${to[index] ?? "none"} changes how it is written`;
  tell(
    pair,
    { head: originOf(after.node, key), base: originOf(before.node, key), headNode: after.node },
    sentence("breaking/request-parameter-serialization", label, text),
    pair.operations.base.operationId,
  );
}

function writingOf({ node, in: place }: ListedParameter, document: JsonObject): readonly string[] {
  const style = stringAt(node, "style") ?? STYLES[place] ?? "form";
  const { type } = dereference(document, node.schema);
  const isList = type === "array" || type === "object";
  const explode = isList ? (node.explode ?? style === "form") : false;
  return [style, explode, node.allowReserved ?? false, node.content ?? null].map((value) =>
    JSON.stringify(value),
  );
}
