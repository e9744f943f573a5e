import type { Member, TypeDefinition } from "./type-definition.ts";

/** The library's types by name. */
export class TypeRegistry {
  private readonly byName = new Map<string, TypeDefinition>();
  private readonly namespaces = new Set<string>();
  private readonly extensions: Member[] = [];

  constructor(definitions: readonly TypeDefinition[]) {
    for (const definition of definitions) this.add(definition);
  }

  find(name: string): TypeDefinition | undefined {
    return this.byName.get(name);
  }

  isNamespace(name: string): boolean {
    return this.namespaces.has(name);
  }

  /** Extension methods of a name, from every static class. */
  extensionsNamed(name: string): Member[] {
    return this.extensions.filter((member) => member.signature.name === name);
  }

  private add(definition: TypeDefinition): void {
    this.byName.set(definition.name, definition);
    const parts = definition.namespace.split(".");
    parts.forEach((_, index) => this.namespaces.add(parts.slice(0, index + 1).join(".")));
    this.extensions.push(...definition.statics.filter((member) => member.signature.extension));
  }
}
