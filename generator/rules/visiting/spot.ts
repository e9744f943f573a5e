import { isList, isObject, type Json, type JsonObject } from "../../load/json.ts";
import type { RuleContext, RuleLocation } from "./redocly.ts";

/** A value of a contract and the place it is written at. A reference is followed as soon as it is reached. */
export class Spot {
  /** `undefined` for what is not there, and for a reference that leads nowhere: other checks say so. */
  readonly value: Json | undefined;
  readonly location: RuleLocation;
  /** The name of the component that a reference led to. */
  readonly component: string | undefined;
  readonly #context: RuleContext;

  constructor(value: unknown, location: RuleLocation, context: RuleContext) {
    this.#context = context;
    if (isObject(value) && typeof value.$ref === "string") {
      const target = context.resolve({ $ref: value.$ref }, location.source.absoluteRef);
      this.value = isObject(target.node) ? target.node : undefined;
      this.location = target.location ?? location;
      this.component = value.$ref.slice(value.$ref.lastIndexOf("/") + 1);
    } else {
      this.value = isJson(value) ? value : undefined;
      this.location = location;
      this.component = undefined;
    }
  }

  /** Whether there is something. */
  get exists(): boolean {
    return this.value !== undefined;
  }

  /** The value as an object; an empty one when it is none. */
  get object(): JsonObject {
    return isObject(this.value) ? this.value : {};
  }

  /** The text at a key; an empty one when there is none. */
  text(key: string): string {
    const value = this.object[key];
    return typeof value === "string" ? value : "";
  }

  at(...keys: readonly string[]): Spot {
    const [key, ...rest] = keys;
    if (key === undefined) return this;
    return new Spot(this.object[key], this.location.child([key]), this.#context).at(...rest);
  }

  /** The members of an object. */
  members(): [string, Spot][] {
    return Object.keys(this.object).map((key) => [key, this.at(key)]);
  }

  /** The items of a list. */
  items(): Spot[] {
    const list = isList(this.value) ? this.value : [];
    return list.map((item, index) => new Spot(item, this.location.child([index]), this.#context));
  }

  report(message: string): void {
    this.#context.report({ message, location: this.location.key() });
  }
}

function isJson(value: unknown): value is Json {
  return value === null || ["string", "number", "boolean", "object"].includes(typeof value);
}
