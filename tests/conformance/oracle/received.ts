import type { Json } from "../../../generator/load/json.ts";
import type { CheckedOperation } from "../contract/operation.ts";
import type { Part } from "../contract/locations.ts";
import { parseStrictJson, type StrictJson } from "./parse-strict-json.ts";
import { readParameters, type ReadParameters } from "./read-parameters.ts";
import type { Held, SchemaOracle, Violation } from "./schema-oracle.ts";
import type { SentRequest } from "./sent-request.ts";

/** A rule that a request breaks, and in which of its parts. */
export interface RequestViolation extends Violation {
  readonly part: Part;
  /** The parameter's name; empty for the body, and for what a part lacks or has too many. */
  readonly name: string;
}

/** What the request is about, as far as this check made it itself. */
export interface Subject {
  /** The path parameters, when all of them name what is there; `null` when they do not. */
  readonly ids: Readonly<Record<string, string>> | null;
  /** Its current entity tag, when it has one. */
  readonly etag: string | null;
  /** Whether the cursor is one that this list gave for these criteria; `null` when none was sent. */
  readonly cursorFits: boolean | null;
}

/** Told of every rule of the contract that is held against a part of a request. */
export type RequestWatch = (part: Part, name: string, held: Held) => void;

/** A request as a server finds it: each reading is made when somebody asks. */
export class Received {
  readonly operation: CheckedOperation;
  readonly sent: SentRequest;
  readonly subject: Subject;
  readonly today: string;
  readonly #oracle: SchemaOracle;
  readonly #watch: RequestWatch | undefined;
  #json: StrictJson | undefined;
  #parameters: ReadParameters | undefined;
  #violations: readonly RequestViolation[] | undefined;

  constructor(
    { operation, sent, subject, today }: Pick<Received, "operation" | "sent" | "subject" | "today">,
    oracle: SchemaOracle,
    watch?: RequestWatch,
  ) {
    this.operation = operation;
    this.sent = sent;
    this.subject = subject;
    this.today = today;
    this.#oracle = oracle;
    this.#watch = watch;
  }

  get length(): number {
    return this.sent.body?.length ?? 0;
  }

  /** The body, for an operation that takes one and a request that has one. */
  get json(): StrictJson | null {
    if (!this.operation.body || this.length === 0) return null;
    return (this.#json ??= parseStrictJson(this.sent.body ?? new Uint8Array()));
  }

  get body(): Json | undefined {
    return this.json && "value" in this.json ? this.json.value : undefined;
  }

  get parameters(): ReadParameters {
    return (this.#parameters ??= readParameters(this.sent, this.operation));
  }

  /** What of the contract's schemas the request breaks. */
  get violations(): readonly RequestViolation[] {
    return (this.#violations ??= [...this.#ofParameters(), ...this.#ofBody()]);
  }

  #ofParameters(): RequestViolation[] {
    const unknown = { part: "query", name: "", instance: "", keyword: "additionalProperties" } as const;
    const { pointer } = this.operation;
    const unknowns = this.parameters.hasUnknownQuery ? [{ ...unknown, schema: pointer }] : [];
    return [...unknowns, ...this.operation.parameters.flatMap((parameter) => this.#ofParameter(parameter))];
  }

  #ofParameter(parameter: CheckedOperation["parameters"][number]): RequestViolation[] {
    const { in: part, name } = parameter;
    const value = this.parameters[part][name];
    if (value !== undefined) return this.#judge(part, name, parameter.schema, value);
    if (!parameter.required) return [];
    const schema = parameter.pointer;
    return [{ part, name: "", instance: "", keyword: "required", schema, missing: name }];
  }

  #ofBody(): RequestViolation[] {
    const schema = this.operation.body?.contents[0]?.schema;
    return this.body === undefined || schema === undefined ? [] : this.#judge("body", "", schema, this.body);
  }

  #judge(part: Part, name: string, schema: string, value: Json): RequestViolation[] {
    const watch = this.#watch;
    const options = { today: this.today, ...(watch && { watch: (held: Held) => watch(part, name, held) }) };
    const violations = this.#oracle.judge(this.operation.api, schema, value, options);
    return violations.map((violation) => ({ ...violation, part, name }));
  }
}
