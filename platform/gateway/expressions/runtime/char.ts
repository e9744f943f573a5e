import { ClrValue } from "./clr-value.ts";

/** `System.Char`: one UTF-16 code unit. */
export class Char extends ClrValue {
  readonly typeName = "System.Char";
  readonly code: number;

  constructor(code: number) {
    super();
    this.code = code & 0xffff;
  }

  /** The character at an index of a text. */
  static at(text: string, index: number): Char {
    return new Char(text.charCodeAt(index));
  }

  override text(): string {
    return String.fromCharCode(this.code);
  }

  override equals(other: unknown): boolean {
    return other instanceof Char && other.code === this.code;
  }

  override key(): string {
    return `char:${this.code}`;
  }

  override compare(other: unknown): number | null {
    return other instanceof Char ? this.code - other.code : null;
  }
}
