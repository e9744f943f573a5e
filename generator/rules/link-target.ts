import { onDocument } from "./visiting/on.ts";
import { operationsOf, type Operation } from "./visiting/operation.ts";
import type { Spot } from "./visiting/spot.ts";

/** A link leads to an operation of the contract, and gives it parameters that it has. */
export const linkTarget = onDocument((document) => {
  const operations = operationsOf(document);
  const byId = new Map(operations.map((one) => [one.spot.text("operationId"), one]));
  // Without a name of its own for each, a link may lead to the one that has none: that is the fault to mend first.
  if (byId.size < operations.length) return;
  for (const response of operations.flatMap(({ responses }) => responses.map(([, one]) => one))) {
    for (const [, link] of response.at("links").members()) if (link.exists) checkLink(link, byId);
  }
});

function checkLink(link: Spot, operations: ReadonlyMap<string, Operation>): void {
  const target = operations.get(link.text("operationId"));
  if (!target) {
    link.report("a link names an operationId of this contract");
    return;
  }
  if (!target.parameters.every(({ exists }) => exists)) return;
  const known = target.parameters.map((parameter) => parameter.text("name"));
  const given = link.at("parameters").members();
  for (const [name, value] of given)
    if (!known.includes(withoutPlace(name)))
      value.report(`${link.text("operationId")} has no parameter ${name}`);
  const missing = target.parameters
    .filter(({ object }) => object.required === true)
    .map((parameter) => parameter.text("name"))
    .filter((name) => !given.some(([one]) => withoutPlace(one) === name));
  if (missing.length > 0) link.report(`the link gives no ${missing.join(" and no ")}`);
}

/** `path.id` says which of two parameters `id` is meant (OpenAPI 3.1.1, 4.8.20). */
function withoutPlace(name: string): string {
  return name.replace(/^(?:path|query|header)\./, "");
}
