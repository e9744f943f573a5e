/** Keys that only readers see, wherever they are. */
export const TEXTS: ReadonlySet<string> = new Set([
  "$comment",
  "description",
  "example",
  "examples",
  "externalDocs",
  "summary",
  "tags",
  "title",
  "xml",
]);
