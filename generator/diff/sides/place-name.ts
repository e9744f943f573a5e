/**
 * What a waiver calls a place within a component: `Patient.firstName`, `TestCreate.observations[].status`. Keywords, and what
 * joins schemas, have no name.
 * `undefined` for what is no part of a component.
 * @param path the keys that lead to the keyword, from the root of the document
 */
export function placeName(path: readonly string[]): string | undefined {
  const [root, section, component, ...rest] = path;
  if (root !== "components" || section === undefined || component === undefined) return undefined;
  let name = component;
  for (let index = 0; index < rest.length; index++) {
    const key = rest[index] ?? "";
    const next = rest[index + 1];
    if (key === "properties" && next !== undefined) {
      name += `.${next}`;
      index += 1;
    } else if (key === "items" && next !== undefined) name += "[]";
    else if (key === "additionalProperties" && next !== undefined) name += ".*";
  }
  return name;
}
