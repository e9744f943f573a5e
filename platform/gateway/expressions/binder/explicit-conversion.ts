import { Char } from "../runtime/char.ts";
import { EnumValue, type Enumeration } from "../runtime/enum-value.ts";
import { castNumber, isNumericKind, toBigInt } from "../runtime/number.ts";
import { plainTypeName } from "../runtime/text-of.ts";
import { raise, raiseNullReference } from "../runtime/thrown.ts";
import { tokenTo } from "../json/token-to.ts";
import { displayType, type ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import { ENUMERATIONS } from "../runtime/enumerations-by-name.ts";
import type { Bound } from "./bound.ts";
import { typeTest } from "./holds-type.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import {
  isEnum,
  isNullable,
  isNumeric,
  isReferenceType,
  referenceDistance,
  underlying,
} from "./type-relations.ts";

type Convert = (value: unknown) => unknown;

/** The conversion of a cast `(T)x`; null when C# has none between the types. */
export function convertExplicitly(from: Bound, to: ClrType, registry: TypeRegistry): Bound | null {
  const implicit = convertImplicitly(from, to, registry);
  if (implicit !== null) return implicit;
  const convert =
    numericCast(from.type, to, registry) ?? tokenCast(from.type, to) ?? downCast(from.type, to, registry);
  if (convert === null) return null;
  const { run } = from;
  return { type: to, run: (scope) => convert(run(scope)) };
}

function numericCast(from: ClrType, to: ClrType, registry: TypeRegistry): Convert | null {
  const source = underlying(from);
  const target = underlying(to);
  const isSource = isNumeric(source) || isEnum(source, registry);
  const convert = isSource ? toNumeric(target) : null;
  const same =
    isNullable(from) && source.name === target.name && convert === null ? (value: unknown) => value : convert;
  if (same === null) return null;
  return (value) => {
    if (value !== null) return same(value);
    return isNullable(to) ? null : raise("InvalidOperationException", "Nullable object must have a value.");
  };
}

function toNumeric(target: ClrType): Convert | null {
  const { name } = target;
  if (name === "char") return (value) => new Char(Number(BigInt.asUintN(16, toBigInt(fromEnum(value)))));
  if (isNumericKind(name)) return (value) => castNumber(fromEnum(value), name);
  const enumeration: Enumeration | undefined = ENUMERATIONS.get(name);
  return enumeration === undefined ? null : (value) => enumeration.of(Number(toBigInt(fromEnum(value))));
}

function fromEnum(value: unknown): unknown {
  return value instanceof EnumValue ? value.value : value;
}

function tokenCast(from: ClrType, to: ClrType): Convert | null {
  if (!["JToken", "JValue", "JObject", "JArray", "JProperty", "JContainer"].includes(from.name)) return null;
  return tokenTo(to);
}

function downCast(from: ClrType, to: ClrType, registry: TypeRegistry): Convert | null {
  if (!isCastable(from, to, registry)) return null;
  const test = typeTest(to, registry);
  const takesNull = isNullable(to) || isReferenceType(to, registry);
  return (value) => {
    if (value === null || value === undefined) return takesNull ? null : raiseNullReference();
    if (test(value)) return value;
    return raise(
      "InvalidCastException",
      `Unable to cast object of type '${plainTypeName(value)}' to type '${displayType(to)}'.`,
    );
  };
}

/** Whether a reference of one type may turn out to be of the other. */
function isCastable(from: ClrType, to: ClrType, registry: TypeRegistry): boolean {
  if (from.name === "object") return true;
  if (isNullable(from) && underlying(from).name === to.name) return true;
  if (!isReferenceType(from, registry)) return false;
  if (referenceDistance(underlying(to), from, registry) !== null) return true;
  const isInterface = (type: ClrType) => registry.find(type.name)?.kind === "interface";
  if (from.name === "[]" && to.name === "[]") {
    const [source, target] = [from.args[0], to.args[0]];
    return (
      source !== undefined &&
      target !== undefined &&
      isReferenceType(target, registry) &&
      isCastable(source, target, registry)
    );
  }
  return (isInterface(from) && isReferenceType(to, registry)) || (isInterface(to) && from.name !== "string");
}
