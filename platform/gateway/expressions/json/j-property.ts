import { raise } from "../runtime/thrown.ts";
import { JContainer } from "./j-container.ts";
import type { JToken } from "./j-token.ts";
import { quoteJson } from "./write-scalar.ts";

/** `JProperty`. */
export class JProperty extends JContainer {
  readonly typeName = "Newtonsoft.Json.Linq.JProperty";
  readonly tokenType = "Property";
  readonly name: string;
  private content: JToken;

  constructor(name: string, value: JToken) {
    super();
    this.name = name;
    this.content = this.adopted(value);
  }

  get value(): JToken {
    return this.content;
  }

  set value(value: JToken) {
    if (value === this.content) return;
    this.content.parent = null;
    this.content = this.adopted(value);
  }

  override children(): readonly JToken[] {
    return [this.content];
  }

  clone(): JProperty {
    return new JProperty(this.name, this.content.clone());
  }

  deepEquals(other: JToken): boolean {
    return other instanceof JProperty && other.name === this.name && this.content.deepEquals(other.value);
  }

  removeChild(): void {
    raise("JsonException", "Cannot add or remove items from Newtonsoft.Json.Linq.JProperty.");
  }

  replaceChild(_child: JToken, value: JToken): void {
    this.value = value;
  }

  pathOf(): string {
    return this.path;
  }

  write(line: string | null): string {
    return `${quoteJson(this.name)}:${line === null ? "" : " "}${this.content.write(line)}`;
  }

  private adopted(value: JToken): JToken {
    const own = this.takes(value) ? value : value.clone();
    own.parent = this;
    return own;
  }
}
