import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { Scope, Section } from "../documents/policy-document.ts";
import type { PolicyElement, PolicyText } from "../documents/policy-element.ts";
import type { Statement } from "../pipeline/statement.ts";
import { compileValue } from "./compile-value.ts";
import type { BodyReads, Reader, Value } from "./compile-value.ts";
import type { GatewayServices } from "./gateway-services.ts";
import { readBoolean, readInteger, readOption, readRaw, readText } from "./value-readers.ts";

/** Where the statement that is being compiled stands. */
export interface CompilePlace {
  readonly file: string;
  readonly scope: Scope;
  readonly section: Section;
}

/**
 * What a policy's `compile` works with: its place, the gateway's services, and readers that turn attributes and texts into
 * values, literals being read once and expressions compiled.
 */
export class PolicyCompiler {
  readonly place: CompilePlace;
  readonly services: GatewayServices;
  /** What the statement's expressions read; filled as values are compiled. */
  readonly reads: BodyReads = { request: false, response: false };
  readonly #nested: (elements: readonly PolicyElement[], path: string) => Statement[];
  readonly #path: string;

  constructor(
    place: CompilePlace,
    services: GatewayServices,
    path: string,
    nested: (elements: readonly PolicyElement[], path: string) => Statement[],
  ) {
    this.place = place;
    this.services = services;
    this.#path = path;
    this.#nested = nested;
  }

  /** Text of an attribute; `fallback` when it is not written. */
  text(element: PolicyElement, attribute: string, fallback = ""): Value<string> {
    return this.#attribute(element, attribute, readText, fallback);
  }

  /** Whole number, not negative. */
  integer(element: PolicyElement, attribute: string, fallback = 0): Value<number> {
    return this.#attribute(element, attribute, readInteger, fallback);
  }

  /** `true` or `false`. */
  boolean(element: PolicyElement, attribute: string, fallback = false): Value<boolean> {
    return this.#attribute(element, attribute, readBoolean, fallback);
  }

  /** One of several words; the first is the default. */
  option<Option extends string>(
    element: PolicyElement,
    attribute: string,
    options: readonly [Option, ...Option[]],
  ): Value<Option> {
    return this.#attribute(element, attribute, readOption(options), options[0]);
  }

  /** A value of whatever type the expression gives; text for a literal. */
  raw(element: PolicyElement, attribute: string): Value<unknown> {
    return this.#attribute<unknown>(element, attribute, readRaw, null);
  }

  /** The element's own text, white space at its ends removed. */
  content(element: PolicyElement): Value<string> {
    return element.text
      ? this.value({ ...element.text, value: element.text.value.trim() }, readText)
      : () => "";
  }

  /** The value as written, of an attribute that takes no expression; `fallback` when it is not written. */
  literal(element: PolicyElement, attribute: string, fallback = ""): string {
    return element.attributes.get(attribute)?.value ?? fallback;
  }

  /** As {@link literal}, a whole number. */
  literalInteger(element: PolicyElement, attribute: string): number {
    const text = element.attributes.get(attribute);
    return text ? readInteger.literal(text.value, this.where(text.line)) : 0;
  }

  /** A text or attribute through any reader. */
  value<T>(text: PolicyText, reader: Reader<T>): Value<T> {
    return compileValue(text, this.place.file, reader, {
      reads: this.reads,
      warn: (message) => this.services.warn(message),
    });
  }

  /** The policies inside this one, or inside a part of it, such as a `when`. */
  nested(element: PolicyElement, part?: string): Statement[] {
    return this.#nested(element.children, part === undefined ? this.#path : `${this.#path}/${part}`);
  }

  /** `file:line`. */
  where(line: number): string {
    return `${this.place.file}:${line}`;
  }

  /** Stops the start. */
  fail(line: number, problem: string): never {
    throw new ConfigurationError(this.where(line), problem);
  }

  #attribute<T>(element: PolicyElement, attribute: string, reader: Reader<T>, fallback: T): Value<T> {
    const text = element.attributes.get(attribute);
    return text ? this.value(text, reader) : () => fallback;
  }
}
