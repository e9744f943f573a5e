import { ClrValue } from "./clr-value.ts";
import { raiseFormat } from "./thrown.ts";

/** `System.Guid`; the text is lower-case with dashes. */
export class Guid extends ClrValue {
  static readonly EMPTY = new Guid("00000000-0000-0000-0000-000000000000");
  readonly typeName = "System.Guid";
  private readonly value: string;

  private constructor(value: string) {
    super();
    this.value = value;
  }

  /** Reads the formats N, D, B and P; null for anything else. */
  static parse(text: string): Guid | null {
    const bare = text.trim().replace(/^\{(.*)\}$|^\((.*)\)$/, "$1$2");
    const dashed = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
    const hex = dashed.test(bare) ? bare.replaceAll("-", "") : bare;
    if (!/^[0-9a-f]{32}$/i.test(hex)) return null;
    return new Guid(hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
  }

  override text(): string {
    return this.value;
  }

  override equals(other: unknown): boolean {
    return other instanceof Guid && other.value === this.value;
  }

  override key(): string {
    return `guid:${this.value}`;
  }

  override compare(other: unknown): number | null {
    return other instanceof Guid ? (this.value < other.value ? -1 : Number(this.value > other.value)) : null;
  }

  override format(format: string): string {
    switch (format.toUpperCase()) {
      case "":
      case "D":
        return this.value;
      case "N":
        return this.value.replaceAll("-", "");
      case "B":
        return `{${this.value}}`;
      case "P":
        return `(${this.value})`;
      default:
        return raiseFormat('Format String can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".');
    }
  }

  /** The bytes in .NET's order: the first three groups little-endian. */
  bytes(): Uint8Array {
    const hex = this.value.replaceAll("-", "");
    const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
    return Uint8Array.from(order, (index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
  }
}
