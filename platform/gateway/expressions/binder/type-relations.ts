import { isNumericKind } from "../runtime/number.ts";
import { clrType, isSameType, OBJECT, substitute, type ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";

const DELEGATES = new Set(["Func", "Action", "Predicate", "Comparison", "Converter", "MatchEvaluator"]);
const COVARIANT = new Set([
  "IEnumerable",
  "IReadOnlyList",
  "IReadOnlyCollection",
  "IGrouping",
  "IOrderedEnumerable",
  "[]",
]);

/** Whether values of the type may be null without being nullable value types. */
export function isReferenceType(type: ClrType, registry: TypeRegistry): boolean {
  if (type.fields !== undefined || type.name === "[]" || type.name === "null") return true;
  if (isDelegate(type)) return true;
  const kind = registry.find(type.name)?.kind;
  return kind === "class" || kind === "interface";
}

export function isNullable(type: ClrType): boolean {
  return type.name === "Nullable";
}

/** `T` of `T?`, and any other type itself. */
export function underlying(type: ClrType): ClrType {
  const [value] = type.args;
  return isNullable(type) && value !== undefined ? value : type;
}

/** `T?` for a value type, and any other type itself. */
export function nullableOf(type: ClrType, registry: TypeRegistry): ClrType {
  if (isNullable(type) || type.name === "void" || isReferenceType(type, registry)) return type;
  return clrType("Nullable", type);
}

export function isNumeric(type: ClrType): boolean {
  return isNumericKind(type.name) || type.name === "char";
}

export function isEnum(type: ClrType, registry: TypeRegistry): boolean {
  return registry.find(type.name)?.kind === "enum";
}

export function isDelegate(type: ClrType): boolean {
  return DELEGATES.has(type.name);
}

/** Parameters and result of a delegate type. */
export function delegateShape(type: ClrType): { parameters: readonly ClrType[]; returns: ClrType } | null {
  const [first = OBJECT, second = OBJECT] = type.args;
  switch (type.name) {
    case "Func":
      return { parameters: type.args.slice(0, -1), returns: type.args.at(-1) ?? OBJECT };
    case "Action":
      return { parameters: type.args, returns: clrType("void") };
    case "Predicate":
      return { parameters: [first], returns: clrType("bool") };
    case "Comparison":
      return { parameters: [first, first], returns: clrType("int") };
    case "Converter":
      return { parameters: [first], returns: second };
    case "MatchEvaluator":
      return { parameters: [clrType("Match")], returns: clrType("string") };
    default:
      return null;
  }
}

/** Direct base class and interfaces. */
export function baseTypes(type: ClrType, registry: TypeRegistry): ClrType[] {
  if (type.name === "object" || type.name === "void") return [];
  if (type.name === "[]")
    return [clrType("IList", ...type.args), clrType("IReadOnlyList", ...type.args), clrType("Array")];
  const definition = registry.find(type.name);
  const bindings = new Map(
    definition?.typeParameters.map((name, index) => [name, type.args[index] ?? OBJECT]),
  );
  return [...(definition?.bases.map((base) => substitute(base, bindings)) ?? []), OBJECT];
}

/** The type itself and all it derives from, nearest first, each with its distance. */
export function selfAndBases(type: ClrType, registry: TypeRegistry): { type: ClrType; distance: number }[] {
  const found = [{ type, distance: 0 }];
  for (const { type: current, distance } of found) {
    for (const base of baseTypes(current, registry)) {
      if (!found.some((known) => isSameType(known.type, base)))
        found.push({ type: base, distance: distance + 1 });
    }
  }
  // object is the base of all, and so the last to be looked at
  return found.sort(
    (left, right) => Number(left.type.name === "object") - Number(right.type.name === "object"),
  );
}

/** The type as an instance of a generic definition, such as a list as `IEnumerable<T>`. */
export function asInstanceOf(type: ClrType, name: string, registry: TypeRegistry): ClrType | null {
  return selfAndBases(type, registry).find((base) => base.type.name === name)?.type ?? null;
}

/** How far a reference conversion goes; null when there is none. */
export function referenceDistance(from: ClrType, to: ClrType, registry: TypeRegistry): number | null {
  const matches = selfAndBases(from, registry)
    .filter((base) => fits(base.type, to, registry))
    .map((base) => base.distance + (isSameType(base.type, to) ? 0 : 1));
  return matches.length === 0 ? null : Math.min(...matches);
}

function fits(from: ClrType, to: ClrType, registry: TypeRegistry): boolean {
  if (isSameType(from, to)) return true;
  if (from.name !== to.name || !COVARIANT.has(from.name)) return false;
  return from.args.every((arg, index) => {
    const other = to.args[index];
    if (other === undefined) return false;
    if (isSameType(arg, other)) return true;
    return isReferenceType(arg, registry) && referenceDistance(arg, other, registry) !== null;
  });
}
