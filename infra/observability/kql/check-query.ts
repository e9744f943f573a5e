import { AGGREGATES, FUNCTIONS, WORDS } from "./functions.ts";
import { TABLES } from "./tables.ts";
import { QueryFault, tokensOf } from "./tokens.ts";
import type { Token } from "./tokens.ts";

type Columns = ReadonlySet<string>;
type Tokens = readonly Token[];

/**
 * Checks a query of the Kusto Query Language as far as that goes without its schema: brackets, tables, operators, functions, and
 * that each column is there where it is read. It knows the part of the language that our queries use, and refuses the rest.
 * @param parameters the workbook's parameters that it may name
 * @returns the columns that it answers with
 * @throws {QueryFault} at the first fault
 */
export function checkQuery(query: string, parameters: readonly string[] = []): Columns {
  const tokens = tokensOf(query);
  checkBrackets(tokens);
  for (const { kind, value, line } of tokens) {
    const named = kind === "parameter" ? [value] : [];
    for (const [, name = ""] of kind === "text" ? value.matchAll(/\{(\w+)\}/g) : []) named.push(name);
    const unknown = named.find((name) => !parameters.includes(name));
    if (unknown !== undefined) throw new QueryFault(line, `there is no parameter ${unknown}`);
  }
  return pipeline(tokens);
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]" };

function checkBrackets(tokens: Tokens): void {
  const open: Token[] = [];
  for (const token of tokens) {
    if (isSign(token, "(") || isSign(token, "[")) open.push(token);
    if (!isSign(token, ")") && !isSign(token, "]")) continue;
    const last = open.pop();
    if (!last || CLOSING[last.value] !== token.value)
      throw new QueryFault(token.line, `"${token.value}" closes nothing`);
  }
  const [first] = open;
  if (first) throw new QueryFault(first.line, `"${first.value}" is not closed`);
}

function pipeline(tokens: Tokens): Columns {
  const [from = [], ...stages] = splitAt(tokens, (token) => isSign(token, "|"));
  return stages.reduce((columns, stage) => {
    const [operator, ...rest] = stage;
    const run = operator?.kind === "name" ? OPERATORS.get(operator.value) : undefined;
    if (!operator || !run)
      throw new QueryFault(
        lineOf(stage, from),
        `"${operator?.value ?? "|"}" is no operator that is known here`,
      );
    if (rest.length === 0) throw new QueryFault(operator.line, `${operator.value} has nothing to work on`);
    return run(rest, columns);
  }, source(from));
}

/** A table, several of them, or a query in brackets. */
function source(tokens: Tokens): Columns {
  const [first, ...rest] = tokens;
  if (!first) throw new QueryFault(1, "there is no table");
  if (first.value === "union") {
    const options = rest.findIndex((token, at) => isSign(rest[at - 1], "=") && token.kind === "name");
    return joined(commas(rest.slice(options + 1)).map(source));
  }
  if (isSign(first, "(")) return pipeline(tokens.slice(1, -1));
  const columns = Object.hasOwn(TABLES, first.value) ? TABLES[first.value] : undefined;
  if (!columns || rest.length > 0) throw new QueryFault(first.line, `there is no table ${textOf(tokens)}`);
  return new Set(columns);
}

type Operator = (tokens: Tokens, columns: Columns) => Columns;

const sort: Operator = (tokens, columns) => {
  for (const part of commas(afterBy(tokens))) {
    const last = part.at(-1);
    expression(last && ["asc", "desc"].includes(last.value) ? part.slice(0, -1) : part, columns);
  }
  return columns;
};

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  [
    "where",
    (tokens, columns) => {
      expression(tokens, columns);
      return columns;
    },
  ],
  ["extend", (tokens, columns) => joined([columns, named(tokens, columns)])],
  ["project", (tokens, columns) => named(tokens, columns)],
  ["distinct", (tokens, columns) => named(tokens, columns)],
  ["summarize", summarize],
  ["join", join],
  ["parse", parse],
  ["sort", sort],
  ["order", sort],
]);

function summarize(tokens: Tokens, columns: Columns): Columns {
  const by = splitAt(tokens, (token) => token.kind === "name" && token.value === "by");
  const [aggregates = [], groups = []] = by;
  if (by.length > 2) throw new QueryFault(lineOf(tokens), "there are two by");
  return joined([
    ...(aggregates.length === 0 ? [] : [named(aggregates, columns, true)]),
    ...(groups.length === 0 ? [] : [named(groups, columns)]),
  ]);
}

function join(tokens: Tokens, columns: Columns): Columns {
  const [kind, is, which, ...rest] = tokens;
  const kinds = ["inner", "leftouter", "leftanti", "leftsemi"];
  if (kind?.value !== "kind" || !isSign(is, "=") || !which || !kinds.includes(which.value))
    throw new QueryFault(lineOf(tokens), "join has no kind, and what it would be by itself drops rows");
  const [other = [], keys = []] = splitAt(rest, (token) => token.kind === "name" && token.value === "on");
  if (keys.length === 0) throw new QueryFault(which.line, "join has no key");
  const right = source(other);
  for (const key of commas(keys)) {
    expression(key, columns);
    expression(key, right);
  }
  return which.value.startsWith("lefta") || which.value === "leftsemi" ? columns : joined([columns, right]);
}

/** `parse Message with "a " name " b" *` */
function parse(tokens: Tokens, columns: Columns): Columns {
  const [read = [], pattern = []] = splitAt(
    tokens,
    (token) => token.kind === "name" && token.value === "with",
  );
  expression(read, columns);
  const names = pattern.filter(({ kind }) => kind === "name").map(({ value }) => value);
  if (names.length === 0) throw new QueryFault(lineOf(tokens), "parse finds nothing");
  return new Set([...columns, ...names]);
}

/** The columns of a list such as `a, b = c + 1, bin(d, 1m)`. */
function named(tokens: Tokens, columns: Columns, isAggregate = false): Columns {
  return new Set(commas(tokens).flatMap((part) => columnsOf(part, columns, isAggregate)));
}

function columnsOf(part: Tokens, columns: Columns, isAggregate: boolean): string[] {
  const [first, second] = part;
  if (first?.kind === "name" && isSign(second, "=")) {
    expression(part.slice(2), columns, isAggregate);
    return [first.value];
  }
  expression(part, columns, isAggregate);
  if (first?.kind === "name" && part.length === 1) return [first.value];
  const inBrackets = () => commas(part.slice(2, -1)).map(textOf);
  if (first?.value === "arg_max" || first?.value === "arg_min") return inBrackets();
  if (first?.value === "bin") return inBrackets().slice(0, 1);
  throw new QueryFault(lineOf(part), `${textOf(part)} has no name`);
}

function expression(tokens: Tokens, columns: Columns, isAggregate = false): void {
  if (tokens.length === 0) throw new QueryFault(1, "there is an expression missing");
  tokens.forEach((token, at) => {
    const isMember = isSign(tokens[at - 1], ".");
    const isCall = isSign(tokens[at + 1], "(");
    if (
      token.kind === "sign" &&
      token.value.startsWith("!") &&
      token.value !== "!=" &&
      token.value !== "!~"
    ) {
      if (!WORDS.has(token.value.slice(1)))
        throw new QueryFault(token.line, `"${token.value}" is no operator`);
    } else if (isSign(token, "=")) {
      throw new QueryFault(token.line, '"=" gives a name; what compares is "=="');
    } else if (token.kind === "name" && !isMember && !WORDS.has(token.value)) {
      if (isCall) checkFunction(token, isAggregate);
      else if (!columns.has(token.value))
        throw new QueryFault(token.line, `there is no column ${token.value} here`);
    }
  });
}

function checkFunction({ value, line }: Token, isAggregate: boolean): void {
  if (FUNCTIONS.has(value) || (isAggregate && AGGREGATES.has(value))) return;
  const reason = AGGREGATES.has(value) ? "is for summarize alone" : "is no function that is known here";
  throw new QueryFault(line, `${value} ${reason}`);
}

function afterBy(tokens: Tokens): Tokens {
  const [by, ...rest] = tokens;
  if (by?.value !== "by" || rest.length === 0) throw new QueryFault(lineOf(tokens), "sort has no by");
  return rest;
}

function commas(tokens: Tokens): Tokens[] {
  const parts = splitAt(tokens, (token) => isSign(token, ","));
  if (parts.some(({ length }) => length === 0))
    throw new QueryFault(lineOf(tokens), "a comma has nothing beside it");
  return parts;
}

/** Splits at what is in no bracket. */
function splitAt(tokens: Tokens, isSeparator: (token: Token) => boolean): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, "(") || isSign(token, "[")) depth += 1;
    if (isSign(token, ")") || isSign(token, "]")) depth -= 1;
    if (depth === 0 && isSeparator(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function joined(all: readonly Columns[]): Columns {
  return new Set(all.flatMap((columns) => [...columns]));
}

function isSign(token: Token | undefined, value: string): boolean {
  return token?.kind === "sign" && token.value === value;
}

function lineOf(...places: readonly Tokens[]): number {
  return places.flat()[0]?.line ?? 1;
}

function textOf(tokens: Tokens): string {
  return tokens.map(({ value }) => value).join("");
}
