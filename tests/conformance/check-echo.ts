import { isList, isObject, type Json } from "../../generator/load/json.ts";
import { joinSchemas, valuesOf, type SchemaPlace } from "./contract/schema.ts";
import type { CheckedOperation } from "./contract/operation.ts";
import type { Disagreement } from "./disagreement.ts";
import { SERVER_MADE } from "./expectations.ts";
import type { Received } from "./oracle/received.ts";
import { mediaTypeOf, type Answer } from "./parts/answer.ts";

/** Something that was sent, or shown, and the schemas that it keeps. */
interface Content {
  readonly value: Json | undefined;
  readonly place: SchemaPlace;
}

/**
 * Holds an answer that shows what was stored against what was sent: each member that both schemas name is there again, as it
 * was, and none that was not sent. Moments may be written in another way, ids in another case (`expectations.ts`, `echo`).
 */
export function checkEcho({ operation, body }: Received, answer: Answer): Disagreement[] {
  const sent = operation.body?.contents[0]?.schema;
  const shown = schemaOfAnswer(operation, answer);
  if (sent === undefined || shown === undefined) return [];
  return notShown(operation, { value: body, place: [sent] }, { value: answer.body, place: [shown] });
}

/** The members that are not shown as they were sent. */
export function notShown(operation: CheckedOperation, sent: Content, shown: Content): Disagreement[] {
  if (!isObject(sent.value) || !isObject(shown.value)) return [];
  const [asked, answered] = [sent.value, shown.value];
  const names = [...schemaAt(operation, sent.place).properties].filter(
    ([name]) => schemaAt(operation, shown.place).properties.has(name) && !SERVER_MADE.has(name),
  );
  return names
    .filter(([name, place]) => !isSame(asked[name], answered[name], operation, place))
    .map(([, place]) => ({
      rule: "handler-validator",
      pointer: place[0] ?? operation.pointer,
      message: "echo: this member is not shown as it was sent",
    }));
}

/** The schema that an answer must keep; `undefined` when it has no body, or none that is declared. */
export function schemaOfAnswer({ responses }: CheckedOperation, answer: Answer): string | undefined {
  const response = responses.get(String(answer.status));
  return response?.contents.find(({ mediaType }) => mediaType === mediaTypeOf(answer))?.schema;
}

function schemaAt({ document }: CheckedOperation, place: SchemaPlace) {
  return joinSchemas(document, place);
}

function isSame(
  sent: Json | undefined,
  shown: Json | undefined,
  operation: CheckedOperation,
  place: SchemaPlace,
): boolean {
  const schema = schemaAt(operation, place);
  if (typeof sent === "string" && typeof shown === "string")
    return isSameText(sent, shown, valuesOf(schema.rules, "format"));
  const { items, properties } = schema;
  if (isList(sent) && isList(shown) && items)
    return (
      sent.length === shown.length &&
      sent.every((item, index) => isSame(item, shown[index], operation, items))
    );
  if (isObject(sent) && isObject(shown)) {
    const names = new Set([...Object.keys(sent), ...Object.keys(shown)]);
    return [...names].every((name) => isSame(sent[name], shown[name], operation, properties.get(name) ?? []));
  }
  return sent === shown;
}

function isSameText(sent: string, shown: string, formats: readonly Json[]): boolean {
  // JavaScript's Date keeps milliseconds.
  if (formats.includes("date-time")) return Date.parse(sent) === Date.parse(shown);
  if (formats.includes("uuid")) return sent.toLowerCase() === shown.toLowerCase();
  return sent === shown;
}
