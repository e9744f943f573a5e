import type { LintRule } from "./visiting/redocly.ts";

/** What a Reference Object may hold beside `$ref` (OpenAPI 3.1.1, 4.8.23). */
const ALLOWED = new Set(["$ref", "summary", "description"]);

/**
 * Nothing stands beside a reference that the reference makes its readers ignore. In a schema everything may: JSON Schema
 * 2020-12 reads a reference together with what stands beside it.
 */
export const refSiblings: LintRule = () => ({
  ref: (node, context) => {
    if (context.type.name === "Schema") return;
    for (const key of Object.keys(node).filter((key) => !ALLOWED.has(key)))
      context.report({
        message: `${key} beside a $ref is ignored`,
        location: context.location.child([key]).key(),
      });
  },
});
