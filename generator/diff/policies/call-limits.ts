import type { DiffRuleId } from "../rules.ts";
import { SCOPES, type Statement } from "./statement.ts";

/** How much may be called within a time. */
export interface CallLimit {
  readonly statement: Statement;
  readonly rule: Extract<DiffRuleId, "breaking/rate-limit-stricter" | "breaking/quota-stricter">;
  /** Limits of one kind count the same things for the same callers. */
  readonly kind: string;
  /** How many `unit`s, in how many seconds. */
  readonly amount: number;
  readonly unit: "calls" | "kilobytes";
  readonly seconds: number;
}

const RULES: Readonly<Record<string, CallLimit["rule"]>> = {
  "rate-limit": "breaking/rate-limit-stricter",
  "rate-limit-by-key": "breaking/rate-limit-stricter",
  quota: "breaking/quota-stricter",
  "quota-by-key": "breaking/quota-stricter",
};

export function isCallLimit({ element }: Statement): boolean {
  return Object.hasOwn(RULES, element.name);
}

/** The limits that a statement sets, or `undefined` when one of its numbers cannot be read. */
export function readCallLimits(statement: Statement): CallLimit[] | undefined {
  const { name, attributes, children } = statement.element;
  const rule = RULES[name];
  const seconds = Number(attributes["renewal-period"]);
  const isNested = children.some(({ kind }) => kind === "element");
  if (!rule || isNested || !Number.isFinite(seconds)) return undefined;
  const key = [attributes["counter-key"], attributes["increment-condition"], attributes["increment-count"]];
  const kind = [name, ...key.map((part) => part ?? ""), ...statement.conditions].join("\n");
  const units = [
    ["calls", attributes.calls],
    ["kilobytes", attributes.bandwidth],
  ] as const;
  const limits = units.flatMap(([unit, text]) =>
    text === undefined
      ? []
      : [{ statement, rule, kind: `${kind}\n${unit}`, amount: Number(text), unit, seconds }],
  );
  return limits.length > 0 && limits.every(({ amount }) => Number.isFinite(amount)) ? limits : undefined;
}

/**
 * True when everything that `known` lets through, `other` lets through too. A window of `other` is covered by so many of
 * `known`; a counter of a wider scope counts no fewer calls.
 */
export function isAsLenient(other: CallLimit, known: CallLimit): boolean {
  const windows = Math.ceil(other.seconds / known.seconds);
  const isWider = SCOPES.indexOf(known.statement.scope) <= SCOPES.indexOf(other.statement.scope);
  return other.kind === known.kind && isWider && known.amount * windows <= other.amount;
}

/** `120 calls in 60 s`. */
export function describeLimit({ amount, unit, seconds }: CallLimit): string {
  return `${amount} ${unit} in ${seconds} s`;
}
