/** Every value at a path, through lists of blocks; undefined for each block that does not set it. */
export function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, [name, ...rest]));
  if (typeof value !== "object" || value === null) return [undefined];
  return valuesAt((value as Readonly<Record<string, unknown>>)[name], rest);
}
