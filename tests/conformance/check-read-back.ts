import { isList, isObject } from "../../generator/load/json.ts";
import { checkContract } from "./check-answer.ts";
import { notShown, schemaOfAnswer } from "./check-echo.ts";
import type { CheckedOperation } from "./contract/operation.ts";
import { joinSchemas } from "./contract/schema.ts";
import type { Disagreement } from "./disagreement.ts";
import { READ_BACK } from "./single-operations.ts";
import { Received } from "./oracle/received.ts";
import type { SchemaOracle } from "./oracle/schema-oracle.ts";
import type { SentRequest } from "./oracle/sent-request.ts";
import type { Answer } from "./parts/answer.ts";
import type { HttpPart } from "./parts/http-part.ts";

/**
 * Reads what an operation has stored without showing it (`single-operations.ts`, `READ_BACK`), and holds that against the contract
 * and against what was sent.
 * @param stored the answer of the operation that stored it
 * @param operations of the same API
 */
export async function checkReadBack(
  { operation, body, today }: Received,
  stored: Answer,
  operations: readonly CheckedOperation[],
  app: HttpPart,
  oracle: SchemaOracle,
): Promise<Disagreement[]> {
  const { member, operationId, parameter } = READ_BACK[operation.operationId] ?? {};
  const reading = operations.find((one) => one.operationId === operationId);
  const items = member !== undefined && isObject(body) ? body[member] : undefined;
  const first = isList(items) ? items[0] : undefined;
  if (!reading || parameter === undefined || !isObject(first) || typeof first.id !== "string") return [];
  const sent = request(reading, parameter, first.id);
  const answer = await app.send(sent);
  // A platform under load has nothing to say about it.
  if (answer.status === 503) return [];
  if (answer.status !== 200) {
    const message = `read-back: ${reading.operationId} does not find what was stored`;
    return [{ rule: "handler-validator", pointer: operation.pointer, message }];
  }
  const subject = { ids: { [parameter]: first.id }, etag: null, cursorFits: null };
  const received = new Received({ operation: reading, sent, subject, today }, oracle);
  const shown = schemaOfAnswer(reading, answer);
  const place = itemsOf(operation, member ?? "");
  return [
    ...checkContract(received, answer, "app", oracle),
    ...(shown && isNew(stored)
      ? notShown(operation, { value: first, place }, { value: answer.body, place: [shown] })
      : []),
  ];
}

function isNew({ body }: Answer): boolean {
  return isObject(body) && body.duplicates === 0 && isList(body.conflicts) && body.conflicts.length === 0;
}

function request({ method, path }: CheckedOperation, parameter: string, id: string): SentRequest {
  const target = path.replace(`{${parameter}}`, encodeURIComponent(id));
  return { method, target, headers: [], body: null, key: "right" };
}

function itemsOf({ document, body }: CheckedOperation, member: string): readonly string[] {
  const list = joinSchemas(document, [body?.contents[0]?.schema ?? ""]).properties.get(member) ?? [];
  return joinSchemas(document, list).items ?? [];
}
