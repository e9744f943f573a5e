import { KeyValuePair } from "../runtime/key-value-pair.ts";
import { raise } from "../runtime/thrown.ts";
import { JContainer } from "./j-container.ts";
import { JProperty } from "./j-property.ts";
import type { JToken } from "./j-token.ts";

/** `JObject`; its properties keep their order. */
export class JObject extends JContainer {
  readonly typeName = "Newtonsoft.Json.Linq.JObject";
  readonly tokenType = "Object";
  private readonly properties = new Map<string, JProperty>();

  /** The properties as `IEnumerable<KeyValuePair<string, JToken>>`; as a JToken the object enumerates JProperties. */
  pairs(): KeyValuePair[] {
    return this.children().map(({ name, value }) => new KeyValuePair(name, value));
  }

  override children(): readonly JProperty[] {
    return [...this.properties.values()];
  }

  get size(): number {
    return this.properties.size;
  }

  property(name: string): JProperty | null {
    return this.properties.get(name) ?? null;
  }

  get(name: string): JToken | null {
    return this.properties.get(name)?.value ?? null;
  }

  set(name: string, value: JToken): void {
    const property = this.properties.get(name);
    if (property === undefined) this.addProperty(new JProperty(name, value));
    else property.value = value;
  }

  /** Adds a property; one of the same name throws ArgumentException. */
  addProperty(property: JProperty): void {
    if (this.properties.has(property.name)) {
      raise(
        "ArgumentException",
        `Can not add property ${property.name} to Newtonsoft.Json.Linq.JObject. ` +
          "Property with the same name already exists on object.",
      );
    }
    const own = this.takes(property) ? property : property.clone();
    own.parent = this;
    this.properties.set(property.name, own);
  }

  remove(name: string): boolean {
    const property = this.properties.get(name);
    if (property === undefined) return false;
    property.parent = null;
    return this.properties.delete(name);
  }

  clear(): void {
    for (const name of [...this.properties.keys()]) this.remove(name);
  }

  clone(): JObject {
    const copy = new JObject();
    for (const property of this.children()) copy.set(property.name, property.value.clone());
    return copy;
  }

  deepEquals(other: JToken): boolean {
    if (!(other instanceof JObject) || other.size !== this.size) return false;
    return this.children().every(({ name, value }) => other.get(name)?.deepEquals(value) ?? false);
  }

  removeChild(child: JToken): void {
    if (child instanceof JProperty) this.remove(child.name);
  }

  replaceChild(child: JToken, value: JToken): void {
    if (!(child instanceof JProperty) || !(value instanceof JProperty)) {
      raise("ArgumentException", "Can not add a value that is no property to Newtonsoft.Json.Linq.JObject.");
    } else {
      this.remove(child.name);
      this.addProperty(value);
    }
  }

  pathOf(child: JToken): string {
    if (!(child instanceof JProperty)) return this.path;
    if (!/^[\w-]+$/.test(child.name)) return `${this.path}['${child.name}']`;
    return this.path === "" ? child.name : `${this.path}.${child.name}`;
  }

  write(line: string | null): string {
    return this.writeChildren("{", "}", line);
  }
}
