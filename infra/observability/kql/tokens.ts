/** A word, a literal or a sign of a query. */
export interface Token {
  readonly kind: "name" | "text" | "number" | "sign" | "parameter";
  /** Of a text, what it says; of a parameter, its name. */
  readonly value: string;
  readonly line: number;
}

/** What is wrong with a query, and where. */
export class QueryFault extends Error {
  override readonly name = "QueryFault";

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
  }
}

const PARTS =
  /(?<space>\s+|\/\/[^\n]*)|(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?<number>\d+(?:\.\d+)?(?:ms|[smhd])?\b)|(?<parameter>\{[A-Za-z]\w*\})|(?<name>[A-Za-z_]\w*)|(?<sign>==|!=|<=|>=|=~|!~|\.\.|![a-z]+|[|()[\].,=<>+\-*/%:])/y;

/**
 * The parts of a query of the Kusto Query Language, without comments. `{Service}` is a parameter of a workbook.
 * @throws {QueryFault} at what is no part of the language, such as a text that does not end
 */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  while (at < query.length) {
    PARTS.lastIndex = at;
    const match = PARTS.exec(query);
    if (!match?.groups)
      throw new QueryFault(line, `${JSON.stringify(query.slice(at, at + 20))} cannot be read`);
    const [text] = match;
    const { space, text: quoted, number, parameter, name } = match.groups;
    if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.slice(1, -1), line });
    else if (parameter !== undefined) tokens.push({ kind: "parameter", value: parameter.slice(1, -1), line });
    else if (number !== undefined) tokens.push({ kind: "number", value: number, line });
    else if (space === undefined)
      tokens.push({ kind: name === undefined ? "sign" : "name", value: text, line });
    at += text.length;
    line += text.split("\n").length - 1;
  }
  return tokens;
}
