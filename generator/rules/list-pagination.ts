import { lacksParameter, parameterOf, type Operation } from "./visiting/operation.ts";
import { onOperations } from "./visiting/on.ts";
import { typesOf } from "./visiting/schema-types.ts";
import type { Spot } from "./visiting/spot.ts";

/** An operation that answers with an array answers with a page of it: `limit`, `cursor`, and a `Link` to the next (RFC 8288). */
export const listPagination = onOperations((operation) => {
  for (const [status, response] of operation.responses.filter(([status]) => status.startsWith("2"))) {
    const lists = response
      .at("content")
      .members()
      .map(([, media]) => media.at("schema"))
      .filter((schema) => typesOf(schema).includes("array"));
    for (const list of lists) checkPage(operation, status, response, list);
  }
});

function checkPage(operation: Operation, status: string, response: Spot, list: Spot): void {
  const { spot } = operation;
  const limit = parameterOf(operation, "query", "limit");
  if (["limit", "cursor"].some((name) => lacksParameter(operation, "query", name)))
    spot.report(`${status} is an array: the query parameters limit and cursor are needed`);
  const headers = Object.keys(response.at("headers").object).map((name) => name.toLowerCase());
  if (!headers.includes("link")) response.report("a page needs the header Link, which leads to the next one");
  const most = limit?.at("schema").object.maximum;
  const { maxItems } = list.object;
  if (typeof most === "number" && typeof maxItems === "number" && most > maxItems)
    list.at("maxItems").report(`a page of limit=${most} would not fit: at most ${maxItems} items`);
}
