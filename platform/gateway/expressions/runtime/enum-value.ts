import { ClrValue } from "./clr-value.ts";

/** A value of an enumeration; a combination of flags has the names joined by ", ". */
export class EnumValue extends ClrValue {
  readonly enumeration: Enumeration;
  readonly value: number;

  constructor(enumeration: Enumeration, value: number) {
    super();
    this.enumeration = enumeration;
    this.value = value;
  }

  get typeName(): string {
    return this.enumeration.fullName;
  }

  override text(): string {
    return this.enumeration.nameOf(this.value);
  }

  override equals(other: unknown): boolean {
    return other instanceof EnumValue && other.enumeration === this.enumeration && other.value === this.value;
  }

  override key(): string {
    return `${this.typeName}:${this.value}`;
  }

  override compare(other: unknown): number | null {
    return other instanceof EnumValue ? this.value - other.value : null;
  }
}

/** The names and numbers of an enumeration. */
export class Enumeration {
  readonly fullName: string;
  readonly members: ReadonlyMap<string, number>;

  constructor(fullName: string, members: Readonly<Record<string, number>>) {
    this.fullName = fullName;
    this.members = new Map(Object.entries(members));
  }

  get name(): string {
    return this.fullName.slice(this.fullName.lastIndexOf(".") + 1);
  }

  of(value: number): EnumValue {
    return new EnumValue(this, value);
  }

  nameOf(value: number): string {
    const exact = [...this.members].find(([, number]) => number === value);
    if (exact !== undefined) return exact[0];
    const flags = [...this.members].filter(([, number]) => number !== 0 && (value & number) === number);
    const covered = flags.reduce((sum, [, number]) => sum | number, 0);
    return covered === value ? flags.map(([name]) => name).join(", ") : value.toString();
  }
}
