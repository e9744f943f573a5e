/** Predefined types that may begin an expression, such as `string.Empty`. */
export const PREDEFINED_TYPES: ReadonlySet<string> = new Set(
  "object string bool char sbyte byte short ushort int uint long ulong float double decimal".split(" "),
);

/** Reserved words of C# 7 (specification, section "Keywords"). */
export const KEYWORDS: ReadonlySet<string> = new Set([
  ...PREDEFINED_TYPES,
  ...(
    "abstract as base break case catch checked class const continue default delegate do else enum event explicit " +
    "extern finally fixed for foreach goto if implicit in interface internal is lock namespace new operator out " +
    "override params private protected public readonly ref return sealed sizeof stackalloc static struct switch " +
    "this throw try typeof unchecked unsafe using virtual void volatile while"
  ).split(" "),
]);
