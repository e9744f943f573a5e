import type { ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import { delegateShape, underlying } from "./type-relations.ts";

/** The run-time test of `is`, `as` and casts for a value that is not null. Arguments of generic types are not kept at run time. */
export function typeTest(target: ClrType, registry: TypeRegistry): (value: unknown) => boolean {
  const type = underlying(target);
  if (type.name === "object") return (value) => value !== null && value !== undefined;
  if (type.name === "[]") return arrayTest(type.args[0], registry);
  if (delegateShape(type) !== null) return (value) => typeof value === "function";
  const definition = registry.find(type.name);
  return (value) => value !== null && value !== undefined && (definition?.holds(value) ?? false);
}

function arrayTest(element: ClrType | undefined, registry: TypeRegistry): (value: unknown) => boolean {
  if (element === undefined) return () => false;
  if (element.name === "byte") return (value) => value instanceof Uint8Array;
  const test = typeTest(element, registry);
  return (value) => Array.isArray(value) && value.every((item) => item === null || test(item));
}
