import { ClrValue } from "../runtime/clr-value.ts";
import { spend } from "../runtime/evaluation.ts";
import { NEW_LINE } from "../runtime/new-line.ts";
import { raiseInvalidOperation } from "../runtime/thrown.ts";
import type { JContainer } from "./j-container.ts";

/** `Newtonsoft.Json.Linq.JToken`. */
export abstract class JToken extends ClrValue {
  parent: JContainer | null = null;

  constructor() {
    super();
    // Copies are made of tokens that have a parent already, which could double a tree again and again.
    spend();
  }

  /** Name of the token's `JTokenType`. */
  abstract get tokenType(): string;
  /** A copy without parent. */
  abstract clone(): JToken;
  /** `JToken.DeepEquals`. */
  abstract deepEquals(other: JToken): boolean;
  /** The token as JSON; `line` is a new line with the indent to keep, null for all on one line. */
  abstract write(line: string | null): string;

  /** The tokens within: those of an array, the properties of an object, the value of a property. */
  children(): readonly JToken[] {
    return [];
  }

  *[Symbol.iterator](): Iterator<unknown> {
    yield* this.children();
  }

  /** Indented JSON; a value gives its bare text instead. */
  override text(): string {
    return this.toJson(true);
  }

  /** JSON as Newtonsoft writes it: indented by two spaces, or on one line. */
  toJson(indented: boolean): string {
    return this.write(indented ? NEW_LINE : null);
  }

  /** Where the token stands, such as `a.b[0]`. */
  get path(): string {
    return this.parent?.pathOf(this) ?? "";
  }

  detach(): void {
    this.owner().removeChild(this);
  }

  replace(value: JToken): void {
    this.owner().replaceChild(this, value);
  }

  private owner(): JContainer {
    return this.parent ?? raiseInvalidOperation("The parent is missing.");
  }
}
