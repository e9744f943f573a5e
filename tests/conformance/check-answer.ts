import { isList, isObject, stringAt, type Json } from "../../generator/load/json.ts";
import { asError, fromOracle } from "./compare-violations.ts";
import {
  isStreamed,
  type CheckedContent,
  type CheckedOperation,
  type CheckedResponse,
} from "./contract/operation.ts";
import { join, valueAt } from "./contract/pointer.ts";
import type { Disagreement, DisagreementRule } from "./disagreement.ts";
import type { Judgement } from "./judge-request.ts";
import { readText } from "./oracle/read-parameters.ts";
import type { Received } from "./oracle/received.ts";
import type { Held, SchemaOracle, Violation } from "./oracle/schema-oracle.ts";
import { joinSchemas, typesOf } from "./contract/schema.ts";
import { linesOf, mediaTypeOf, parsed, type Answer } from "./parts/answer.ts";

/** Holds an answer against what must be answered: its status, its code, and each error that it names. */
export function checkAnswer(
  received: Received,
  { expectation, status }: Judgement,
  answer: Answer,
  rule: DisagreementRule,
): Disagreement[] {
  const { operation } = received;
  const at = (message: string): Disagreement => ({ rule, pointer: operation.pointer, message });
  if (answer.status !== status) {
    return [at(`${expectation.id}: answered with ${answer.status}${codeOf(answer)}, not ${status}`)];
  }
  const code = isObject(answer.body) ? stringAt(answer.body, "code") : undefined;
  if (expectation.code !== null && code !== expectation.code && expectation.id !== "malformed-id")
    return [at(`${expectation.id}: answered with the code ${code ?? "of none"}, not ${expectation.code}`)];
  return expectation.id === "schema" ? checkErrors(received, answer, at) : [];
}

function codeOf({ body }: Answer): string {
  const code = isObject(body) ? stringAt(body, "code") : undefined;
  return code === undefined ? "" : ` ${code}`;
}

/** `expectations.ts`, `PECULIARITIES["errors-of-a-problem"]`. */
const MAX_ERRORS = 32;

/** A problem names what is wrong, all of it, and nothing else. */
function checkErrors(
  received: Received,
  { body }: Answer,
  at: (message: string) => Disagreement,
): Disagreement[] {
  const expected = new Set(fromOracle(received.violations).map(asError));
  const errors = isObject(body) && isList(body.errors) ? body.errors.filter(isObject) : [];
  const named = errors.map((error) => {
    const [kind, place] = "pointer" in error ? ["pointer", error.pointer] : ["parameter", error.parameter];
    return { place: `${kind} ${textOf(place)}`, code: textOf(error.code) };
  });
  const undated = new Set(named.filter(({ code }) => code === "format").map(({ place }) => place));
  // PECULIARITIES["no-date-no-today"]
  const dated = named.filter(({ place, code }) => code !== "x-not-after-today" || !undated.has(place));
  const told = new Set(dated.map(({ place, code }) => `${place} ${code}`));
  const invented = [...told].filter((error) => !expected.has(error));
  const missed = [...expected].filter((error) => !told.has(error));
  return [
    ...invented.map((error) => at(`schema: the problem names ${anyItem(error)}, which the schema admits`)),
    ...(named.length < MAX_ERRORS
      ? missed.map((error) => at(`schema: the problem does not name ${anyItem(error)}`))
      : []),
  ];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function anyItem(error: string): string {
  return error.replaceAll(/\/\d+(?=[/ ])/g, "/*");
}

/** Holds an answer against the published contract: its status, its headers and its body must be declared there. */
export function checkContract(
  { operation, today }: Received,
  answer: Answer,
  from: "app" | "gateway",
  oracle: SchemaOracle,
): Disagreement[] {
  const at = (pointer: string, message: string): Disagreement => ({
    rule: "response-contract",
    pointer,
    message: `the ${from}'s answer ${answer.status}${message}`,
  });
  const response = operation.responses.get(String(answer.status));
  if (!response) return [at(join(operation.pointer, "responses"), " has a status that is not declared")];
  return [
    ...headerFaults(operation, response, answer, oracle, today).map(([pointer, message]) =>
      at(pointer, message),
    ),
    ...bodyFaults(operation, response, answer, oracle, today).map(([pointer, message]) =>
      at(pointer, message),
    ),
  ];
}

/** Headers of HTTP itself, and `expectations.ts`, `PECULIARITIES["no-store"]`: any other header of an answer must be declared. */
const TRANSPORT_HEADERS: ReadonlySet<string> = new Set([
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

type Fault = [pointer: string, message: string];

function headerFaults(
  operation: CheckedOperation,
  { headers, pointer }: CheckedResponse,
  answer: Answer,
  oracle: SchemaOracle,
  today: string,
): Fault[] {
  const declared = new Set(headers.map(({ name }) => name));
  const undeclared = Object.keys(answer.headers).filter(
    (name) => !declared.has(name) && !TRANSPORT_HEADERS.has(name),
  );
  return [
    ...undeclared.map((name): Fault => [pointer, ` has the header ${name}, which is not declared`]),
    ...headers.flatMap(({ name, required, schema, pointer: header }): Fault[] => {
      const text = answer.headers[name];
      if (text === undefined) return required ? [[header, ` lacks the header ${name}`]] : [];
      const type = typesOf(joinSchemas(operation.document, [schema]))?.[0];
      const violations = oracle.judge(operation.api, schema, readText(text, type), { today });
      return violations.map((violation) => [
        violation.schema,
        ` breaks ${violation.keyword} in the header ${name}`,
      ]);
    }),
  ];
}

function bodyFaults(
  operation: CheckedOperation,
  { contents, pointer }: CheckedResponse,
  answer: Answer,
  oracle: SchemaOracle,
  today: string,
): Fault[] {
  const mediaType = mediaTypeOf(answer);
  if (contents.length === 0)
    return answer.text === "" && mediaType === "" ? [] : [[pointer, " has a body, which is not declared"]];
  const content = contents.find((one) => one.mediaType === mediaType);
  if (!content) return [[pointer, ` is of the type ${mediaType || "of none"}, which is not declared`]];
  if (!isStreamed(content)) return valueFaults(operation, pointer, content, answer.body, oracle, today);
  const lines = linesOf(answer);
  if (!lines) return [[pointer, " ends within a line"]];
  const known = knownLines(oracle, content);
  for (const line of lines.filter((one) => !known.has(one))) {
    const faults = valueFaults(operation, pointer, content, parsed(line), oracle, today);
    if (faults.length > 0) return faults;
    known.add(line);
  }
  return [];
}

const linesByOracle = new WeakMap<SchemaOracle, Map<string, Set<string>>>();

/** The lines in which no fault was found: a ledger holds the same ones whenever it is read. */
function knownLines(oracle: SchemaOracle, { schema }: CheckedContent): Set<string> {
  const bySchema = linesByOracle.get(oracle) ?? new Map<string, Set<string>>();
  linesByOracle.set(oracle, bySchema);
  const lines = bySchema.get(schema) ?? new Set<string>();
  bySchema.set(schema, lines);
  return lines;
}

function valueFaults(
  operation: CheckedOperation,
  pointer: string,
  content: CheckedContent,
  body: Json | undefined,
  oracle: SchemaOracle,
  today: string,
): Fault[] {
  if (body === undefined) return [[pointer, " has a body that is no JSON"]];
  const visited = new Set<string>();
  const visit = (instance: string): void => void visited.add(instance);
  const uncanonical: Held[] = [];
  const watch = (held: Held): void => {
    if (!isCanonical(held, operation)) uncanonical.push(held);
  };
  const violations = oracle.judge(operation.api, content.schema, body, { today, visit, watch });
  const undeclared = unvisited(body, "", visited);
  return [
    ...violations.map((violation): Fault => [violation.schema, ` breaks ${placeOf(violation)}`]),
    ...uncanonical.map((held): Fault => [
      held.schema,
      ` is not in the canonical form of its ${placeOf(held)}`,
    ]),
    ...[...new Set(undeclared)].map((parent): Fault => [
      content.schema,
      ` has a member at ${parent} that no schema names`,
    ]),
  ];
}

/** `PECULIARITIES["canonical-form"]` */
function isCanonical({ keyword, value, schema, isKept }: Held, { document }: CheckedOperation): boolean {
  if (keyword !== "format" || !isKept || typeof value !== "string") return true;
  const format = valueAt(document, schema);
  if (format === "uuid") return value === value.toLowerCase();
  return format !== "date-time" || /^[0-9-]{10}T[0-9:]{8}\.[0-9]{3}Z$/.test(value);
}

function placeOf({
  instance,
  keyword,
  missing,
}: Pick<Violation, "instance" | "keyword" | "missing">): string {
  const place = instance.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  return [keyword, missing, "at", place === "" ? "its root" : place]
    .filter((text) => text !== undefined)
    .join(" ");
}

/** The objects with a member about which no schema says anything, whether or not the schema is closed. */
function unvisited(value: Json, pointer: string, visited: ReadonlySet<string>): string[] {
  if (isList(value))
    return value.flatMap((item, index) => below(item, join(pointer, index), pointer, visited));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    below(member, join(pointer, name), pointer, visited),
  );
}

function below(value: Json, pointer: string, parent: string, visited: ReadonlySet<string>): string[] {
  if (visited.has(pointer)) return unvisited(value, pointer, visited);
  return [parent === "" ? "its root" : parent.replaceAll(/\/\d+(?=\/|$)/g, "/*")];
}
