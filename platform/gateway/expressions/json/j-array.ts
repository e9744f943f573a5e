import { raiseOutOfRange } from "../runtime/thrown.ts";
import { JContainer } from "./j-container.ts";
import type { JToken } from "./j-token.ts";

/** `JArray`. */
export class JArray extends JContainer {
  readonly typeName = "Newtonsoft.Json.Linq.JArray";
  readonly tokenType = "Array";
  private readonly tokens: JToken[] = [];

  constructor(items: Iterable<JToken> = []) {
    super();
    for (const item of items) this.insert(this.tokens.length, item);
  }

  get items(): readonly JToken[] {
    return this.tokens;
  }

  override children(): readonly JToken[] {
    return [...this.tokens];
  }

  at(index: number): JToken {
    return this.tokens[index] ?? this.raiseRange();
  }

  set(index: number, value: JToken): void {
    this.at(index).parent = null;
    this.tokens[index] = this.adopted(value);
  }

  insert(index: number, value: JToken): void {
    if (index < 0 || index > this.tokens.length) this.raiseRange();
    this.tokens.splice(index, 0, this.adopted(value));
  }

  removeAt(index: number): void {
    this.at(index).parent = null;
    this.tokens.splice(index, 1);
  }

  clear(): void {
    while (this.tokens.length > 0) this.removeAt(this.tokens.length - 1);
  }

  clone(): JArray {
    return new JArray(this.tokens.map((token) => token.clone()));
  }

  deepEquals(other: JToken): boolean {
    return (
      other instanceof JArray &&
      other.tokens.length === this.tokens.length &&
      this.tokens.every((token, index) => other.tokens[index]?.deepEquals(token) ?? false)
    );
  }

  removeChild(child: JToken): void {
    const index = this.tokens.indexOf(child);
    if (index >= 0) this.removeAt(index);
  }

  replaceChild(child: JToken, value: JToken): void {
    this.set(this.tokens.indexOf(child), value);
  }

  pathOf(child: JToken): string {
    return `${this.path}[${this.tokens.indexOf(child)}]`;
  }

  write(line: string | null): string {
    return this.writeChildren("[", "]", line);
  }

  private adopted(value: JToken): JToken {
    const own = this.takes(value) ? value : value.clone();
    own.parent = this;
    return own;
  }

  private raiseRange(): never {
    return raiseOutOfRange(
      "index",
      "Index was out of range. Must be non-negative and less than the size of the collection.",
    );
  }
}
