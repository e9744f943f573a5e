/** Where two texts begin to differ. Line and column start at 1. */
export function firstDifference(a: string, b: string): { readonly line: number; readonly column: number } {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  const before = a.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
