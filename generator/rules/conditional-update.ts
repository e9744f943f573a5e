import { lacksParameter } from "./visiting/operation.ts";
import { onOperations } from "./visiting/on.ts";

const CHANGES = ["put", "patch", "delete"];

/** What changes or deletes a resource takes `If-Match` (RFC 9110, 13.1.1): two writers must not undo each other unseen. */
export const conditionalUpdate = onOperations((operation) => {
  const { method, spot, path } = operation;
  const isOfOne = path.endsWith("}");
  if (CHANGES.includes(method) && isOfOne && lacksParameter(operation, "header", "If-Match"))
    spot.report(`${method.toUpperCase()} needs the header parameter If-Match`);
});
