import type { Json, JsonObject } from "../../load/json.ts";
import type { Origin } from "../schemas/shape.ts";
import { originOf } from "../sides/locator.ts";
import { judgeValues } from "../values/judge-values.ts";
import { firstDifferent, judgeKeys, resolvePair, sentence, tell, type OperationPair } from "./api-pair.ts";
import { termOf } from "./compare-body.ts";

interface Context {
  readonly pair: OperationPair;
  readonly swap: Origin | undefined;
  /** The response that the headers are of now. */
  readonly head: JsonObject;
}

/** Compares the headers of an answer. Their names compare without regard to case (RFC 9110, 5.1). */
export function compareHeaders(before: JsonObject, after: JsonObject, context: Context): void {
  const [old, now] = [byName(before), byName(after)];
  const { pair, swap, head } = context;
  const operation = pair.operations.base.operationId;
  for (const [name, written] of old) {
    const other = now.get(name);
    if (other !== undefined) {
      compareHeader(other, before[written], after[other], context);
      continue;
    }
    pair.judged.base.addWhole(before, written);
    const told = sentence(
      "breaking/response-header-removed",
      written,
      `the header ${written} is gone from what partners read`,
      `the header \`${written}\` is gone`,
    );
    tell(
      pair,
      { base: originOf(before, written), headNode: "headers" in head ? after : head, swap },
      told,
      operation,
    );
  }
  for (const [name, written] of now) {
    if (old.has(name)) continue;
    pair.judged.head.addWhole(after, written);
    const told = sentence(
      "compatible/response-header-added",
      written,
      `the header ${written} is new`,
      `the header \`${written}\` is new`,
    );
    tell(pair, { head: originOf(after, written), swap }, told, operation);
  }
}

function byName(headers: JsonObject): Map<string, string> {
  return new Map(Object.keys(headers).map((name) => [name.toLowerCase(), name]));
}

function compareHeader(
  name: string,
  before: Json | undefined,
  after: Json | undefined,
  context: Context,
): void {
  const { pair } = context;
  const operation = pair.operations.base.operationId;
  const { base, head, swap = context.swap } = resolvePair(pair, before, after);
  const label = `the header ${name}`;
  judgeKeys(pair, base, head, ["schema", "required"]);
  const [was, is] = [base.required === true, head.required === true];
  const spot = (key: string): Parameters<typeof tell>[1] => ({
    head: originOf(head, key),
    base: originOf(base, key),
    headNode: head,
    swap,
  });
  if (was !== is) {
    const told = is
      ? sentence("compatible/response-narrowed", label, `${label} is always there`)
      : sentence(
          "breaking/response-header-optional",
          label,
          `${label} may be missing from what partners read`,
          `${label} may be missing`,
        );
    tell(pair, spot("required"), told, operation);
  }
  const key = firstDifferent(pair, base, head, ["style", "explode", "content"]);
  if (key !== undefined) {
    const told = sentence(
      "breaking/unproved",
      label,
      `${key} of ${label} changed, which cannot be proved compatible`,
    );
    tell(pair, spot(key), told, operation);
  }
  judgeValues(pair.terms, termOf(base), termOf(head), {
    api: pair.name,
    operation,
    locator: pair.locator,
    report: pair.report,
    known: pair.base.api.document,
    swap,
    direction: "response",
    kind: "header",
    label,
  });
}
