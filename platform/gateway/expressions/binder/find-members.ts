import { type ClrType } from "../types/clr-type.ts";
import type { Member, TypeDefinition } from "../types/type-definition.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import { selfAndBases } from "./type-relations.ts";

/** A member, with the type parameters of its declaring type bound. */
export interface FoundMember {
  readonly member: Member;
  readonly bindings: ReadonlyMap<string, ClrType>;
  /** An extension method takes the receiver as its first argument. */
  readonly isStatic: boolean;
}

/** The instance members of a name, those of the type itself first. */
export function instanceMembers(type: ClrType, name: string, registry: TypeRegistry): FoundMember[] {
  return selfAndBases(type, registry).flatMap(({ type: owner }) => {
    const definition = registry.find(owner.name);
    const named = definition?.instance.filter((member) => member.signature.name === name) ?? [];
    return named.map((member) => ({ member, bindings: bindingsOf(definition, owner), isStatic: false }));
  });
}

/** The static members of a name; "" stands for constructors. */
export function staticMembers(type: ClrType, name: string, registry: TypeRegistry): FoundMember[] {
  const definition = registry.find(type.name);
  const members =
    name === ""
      ? definition?.constructors
      : definition?.statics.filter((member) => member.signature.name === name);
  return (members ?? []).map((member) => ({
    member,
    bindings: bindingsOf(definition, type),
    isStatic: true,
  }));
}

/** Extension methods of a name, whatever they extend. */
export function extensionMembers(name: string, registry: TypeRegistry): FoundMember[] {
  return registry.extensionsNamed(name).map((member) => ({ member, bindings: new Map(), isStatic: true }));
}

function bindingsOf(definition: TypeDefinition | undefined, type: ClrType): ReadonlyMap<string, ClrType> {
  const bindings = new Map<string, ClrType>();
  definition?.typeParameters.forEach((name, index) => {
    const arg = type.args[index];
    if (arg !== undefined) bindings.set(name, arg);
  });
  return bindings;
}
