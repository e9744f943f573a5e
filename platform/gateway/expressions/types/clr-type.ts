/**
 * A static .NET type. Predefined types carry their C# keyword, the rest their name without namespace; an array is
 * "[]" of its element, a nullable value type is "Nullable" of its value.
 */
export interface ClrType {
  readonly name: string;
  readonly args: readonly ClrType[];
  /** Members of an anonymous type, in order. */
  readonly fields?: ReadonlyMap<string, ClrType>;
  /** Whether a parameter declared `string?` takes null; only in signatures of the library. */
  readonly nullable?: boolean;
}

export function clrType(name: string, ...args: ClrType[]): ClrType {
  return { name, args };
}

export const OBJECT = clrType("object");
export const STRING = clrType("string");
export const BOOL = clrType("bool");
export const INT = clrType("int");
export const VOID = clrType("void");
/** The type of the literal `null`. */
export const NULL = clrType("null");
/** The type of `throw` as an expression: fits everywhere. */
export const NEVER = clrType("never");

export function arrayOf(element: ClrType): ClrType {
  return clrType("[]", element);
}

export function isSameType(left: ClrType, right: ClrType): boolean {
  if (left.fields !== undefined || right.fields !== undefined) return left.fields === right.fields;
  return (
    left.name === right.name &&
    left.args.length === right.args.length &&
    left.args.every((arg, index) => {
      const other = right.args[index];
      return other !== undefined && isSameType(arg, other);
    })
  );
}

/** The type as C# writes it, for messages. */
export function displayType(type: ClrType): string {
  const [first] = type.args;
  if (type.fields !== undefined) return "an anonymous type";
  if (first === undefined) return type.name;
  if (type.name === "[]") return `${displayType(first)}[]`;
  if (type.name === "Nullable") return `${displayType(first)}?`;
  return `${type.name}<${type.args.map(displayType).join(", ")}>`;
}

/** Replaces type parameters by what they are bound to. */
export function substitute(type: ClrType, bindings: ReadonlyMap<string, ClrType>): ClrType {
  const bound = type.args.length === 0 ? bindings.get(type.name) : undefined;
  if (bound !== undefined) return bound;
  if (type.args.length === 0) return type;
  return { ...type, args: type.args.map((arg) => substitute(arg, bindings)) };
}
