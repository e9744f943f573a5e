import { isSameType, type ClrType } from "../types/clr-type.ts";
import type { TypeRegistry } from "../types/type-registry.ts";
import { asInstanceOf, isNullable, isReferenceType, referenceDistance } from "./type-relations.ts";

/** Type parameters of a method while they are found out. */
export class Inference {
  readonly bindings: Map<string, ClrType>;
  private readonly open: ReadonlySet<string>;
  private readonly registry: TypeRegistry;

  constructor(
    typeParameters: readonly string[],
    bindings: ReadonlyMap<string, ClrType>,
    registry: TypeRegistry,
  ) {
    this.bindings = new Map(bindings);
    this.open = new Set(typeParameters);
    this.registry = registry;
  }

  /** Learns from an argument of a type that goes to a parameter of a type. */
  learn(parameter: ClrType, argument: ClrType): void {
    if (argument.name === "null" || argument.name === "never") return;
    if (parameter.args.length === 0) {
      if (this.open.has(parameter.name)) this.bind(parameter.name, argument);
      return;
    }
    if (isNullable(parameter) && !isNullable(argument)) {
      const [value] = parameter.args;
      if (value !== undefined) this.learn(value, argument);
      return;
    }
    const matching = asInstanceOf(argument, parameter.name, this.registry);
    parameter.args.forEach((inner, index) => {
      const arg = matching?.args[index];
      if (arg !== undefined) this.learn(inner, arg);
    });
  }

  /** Whether every type parameter within the type is known. */
  isKnown(type: ClrType): boolean {
    if (type.args.length === 0) return !this.open.has(type.name) || this.bindings.has(type.name);
    return type.args.every((arg) => this.isKnown(arg));
  }

  isComplete(): boolean {
    return [...this.open].every((name) => this.bindings.has(name));
  }

  private bind(name: string, type: ClrType): void {
    const known = this.bindings.get(name);
    if (known === undefined || this.isWider(type, known)) this.bindings.set(name, type);
  }

  private isWider(type: ClrType, known: ClrType): boolean {
    if (isSameType(type, known)) return false;
    const isReference = isReferenceType(known, this.registry);
    return isReference && referenceDistance(known, type, this.registry) !== null;
  }
}
