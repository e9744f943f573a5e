import { GATEWAY_PROPERTIES } from "./tables.ts";
import { tokensOf } from "./tokens.ts";
import type { Token } from "./tokens.ts";

/** Names that gateway and apps give to what they tell. */
export interface KnownNames {
  /** Of metrics. */
  readonly metrics: readonly string[];
  /** By what values of a metric are told apart. */
  readonly dimensions: readonly string[];
  /** What requests and calls say of themselves. */
  readonly attributes: readonly string[];
  /** Of lines of the log. */
  readonly events: readonly string[];
  /** What lines of the log have. */
  readonly details: readonly string[];
  readonly jobs: readonly string[];
  /** Of problems. */
  readonly codes: readonly string[];
}

/** The names in a query that nothing bears: it would find nothing, and nobody would know. */
export function checkNames(query: string, known: KnownNames): string[] {
  return namesIn(query)
    .filter(({ kind, name }) => !known[kind].includes(name) && !isOfGateway(kind, name))
    .map(({ kind, name }) => `${name} is none of the ${kind}`);
}

/** The names of one kind in a query. */
export function namesOfKind(query: string, kind: keyof KnownNames): string[] {
  return namesIn(query).flatMap((named) => (named.kind === kind ? [named.name] : []));
}

interface Named {
  readonly kind: keyof KnownNames;
  readonly name: string;
}

/** What a line of the log or a run of the host is told apart by. */
const SUBJECTS: Readonly<Record<string, keyof KnownNames>> = { event: "events", job: "jobs", code: "codes" };

function namesIn(query: string): Named[] {
  const tokens = tokensOf(query);
  return tokens.flatMap((token, at): Named[] => {
    const [before, previous] = [tokens[at - 2]?.value, tokens[at - 1]?.value];
    const member = previous === "." ? before : undefined;
    if (token.kind === "text") {
      if (before === "Properties" && previous === "[") return [{ kind: "attributes", name: token.value }];
      return token.value.startsWith("specimen.") ? [{ kind: "metrics", name: token.value }] : [];
    }
    if (token.kind !== "name") return [];
    const subject = SUBJECTS[token.value];
    const compared = subject === undefined ? [] : comparedWith(tokens, at + 1);
    return [
      ...(member === "Properties" ? [{ kind: "dimensions" as const, name: token.value }] : []),
      ...(member === "line" ? [{ kind: "details" as const, name: token.value }] : []),
      ...compared.map((name) => ({ kind: subject ?? "events", name })),
    ];
  });
}

/** The texts of `== "a"` and `in ("a", "b")`, perhaps behind a bracket that closes. */
function comparedWith(tokens: readonly Token[], from: number): string[] {
  const at = tokens[from]?.value === ")" ? from + 1 : from;
  const operator = tokens[at]?.value;
  if (operator === "==" || operator === "!=") return textsOf(tokens.slice(at + 1, at + 2));
  if (operator !== "in" && operator !== "!in") return [];
  const end = tokens.findIndex(({ value }, index) => index > at && value === ")");
  return textsOf(tokens.slice(at + 1, end));
}

function textsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ kind, value }) => (kind === "text" ? [value] : []));
}

function isOfGateway(kind: keyof KnownNames, name: string): boolean {
  return kind === "attributes" && GATEWAY_PROPERTIES.includes(name);
}
