import { isObject, type Json } from "../../../generator/load/json.ts";
import { parametersIn, type CheckedOperation } from "../contract/operation.ts";
import { joinSchemas } from "../contract/schema.ts";
import { CHECKPOINTS, SAME_IDS } from "../single-operations.ts";
import type { Fixture } from "../fixtures/fixture-maker.ts";
import type { Subject } from "../oracle/received.ts";
import type { SentRequest } from "../oracle/sent-request.ts";
import type { HttpPart } from "../parts/http-part.ts";
import type { Draft, DraftBody, DraftPath, HeaderText } from "./draft.ts";
import { formatsOf } from "./texts.ts";
import { writeJson } from "./write-json.ts";

/** A draft with a fixture in the place of its symbols, and what is known about it. */
export interface Resolved {
  readonly sent: SentRequest;
  readonly subject: Subject;
}

/** @param part asked for a page when the draft wants a cursor */
export async function resolveDraft(
  given: Draft,
  operation: CheckedOperation,
  fixture: Fixture,
  part: HttpPart,
): Promise<Resolved> {
  const draft = withKnownCheckpoints(given, operation, fixture);
  const without = request(draft, operation, fixture);
  const cursor = draft.cursor === undefined ? null : await cursorFor(draft, operation, fixture, part);
  const query: Draft["query"] = cursor === null ? draft.query : [...draft.query, ["cursor", cursor]];
  const guessed = draft.query.some(([name]) => name === "cursor");
  const fits = draft.cursor === "own" || (draft.cursor === "plain" && !hasCriteria(draft));
  return {
    sent: cursor === null ? without : request({ ...draft, query }, operation, fixture),
    subject: {
      ids: isSubject(draft, operation, fixture) ? fixture.ids : null,
      etag: fixture.etag,
      cursorFits: cursor === null ? (guessed ? false : null) : fits,
    },
  };
}

function isSubject({ path, query }: Draft, { operationId }: CheckedOperation, fixture: Fixture): boolean {
  const counted = CHECKPOINTS[operationId] ?? [];
  const named = [...Object.entries(path.texts), ...query.filter(([name]) => counted.includes(name))];
  const isThere = ([name, text]: readonly [string, string]) =>
    counted.includes(name) && Number(text) <= lastCheckpoint(operationId, fixture);
  return fixture.exists && path.raw === undefined && named.every(isThere);
}

/** Nobody knows whether a checkpoint of one of the next numbers has been made by now. */
const NOT_FOR_YEARS = 1_000_000_000;

/** A draft that names checkpoints which there are for certain, or are not. */
function withKnownCheckpoints(draft: Draft, { operationId }: CheckedOperation, fixture: Fixture): Draft {
  const counted = CHECKPOINTS[operationId];
  if (!counted) return draft;
  const last = lastCheckpoint(operationId, fixture);
  const known = ([name, text]: readonly [string, string]): readonly [string, string] => {
    const isUnsure = counted.includes(name) && Number(text) > last && Number(text) < NOT_FOR_YEARS;
    return [name, isUnsure && /^\d+$/.test(text) ? String(Number(text) % (last + 1)) : text];
  };
  const texts = Object.fromEntries(Object.entries(draft.path.texts).map(known));
  return { ...draft, path: { ...draft.path, texts }, query: draft.query.map(known) };
}

/** The latest checkpoint when the fixture was made. */
function lastCheckpoint(operationId: string, { ids }: Fixture): number {
  return Math.max(...(CHECKPOINTS[operationId] ?? []).map((name) => Number(ids[name])));
}

function request(draft: Draft, operation: CheckedOperation, fixture: Fixture): SentRequest {
  const ids = pathTexts(draft.path, operation, fixture);
  return {
    method: operation.method,
    target: pathOf(draft.path, operation, ids) + queryOf(draft),
    headers: [
      ...draft.headers.map(([name, text]): [string, string] => [name, headerOf(text, fixture)]),
      ...(draft.contentType === null ? [] : [["content-type", draft.contentType] as const]),
    ],
    body: draft.body && bytesOf(draft.body, operation, { ...fixture.ids, ...draft.path.texts }),
    key: draft.key ?? "right",
  };
}

function pathTexts(
  { spelling, texts }: DraftPath,
  operation: CheckedOperation,
  { ids }: Fixture,
): Record<string, string> {
  return Object.fromEntries(
    parametersIn(operation, "path").map(({ name, schema }) => {
      const anyCase = formatsOf(joinSchemas(operation.document, [schema])).includes("uuid");
      const own = anyCase ? spelt(ids[name] ?? "", spelling) : (ids[name] ?? "");
      return [name, texts[name] ?? own];
    }),
  );
}

function spelt(id: string, spelling: DraftPath["spelling"]): string {
  if (spelling === "lower") return id;
  return spelling === "upper" ? id.toUpperCase() : id.slice(0, 20).toUpperCase() + id.slice(20);
}

function pathOf(
  { raw, form }: DraftPath,
  operation: CheckedOperation,
  texts: Readonly<Record<string, string>>,
): string {
  const last = parametersIn(operation, "path").at(-1)?.name;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === last && raw !== undefined ? raw : encodeURIComponent(texts[name] ?? ""),
  );
  if (form === undefined) return path;
  return form === "slash" ? `${path}/` : `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`;
}

function queryOf({ query, rawQuery }: Draft): string {
  const pairs = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  if (rawQuery !== undefined) pairs.push(rawQuery);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function headerOf(text: HeaderText, { etag }: Fixture): string {
  if (typeof text === "string") return text;
  const current = etag ?? '"1"';
  switch (text.etag) {
    case "current":
      return current;
    case "weak":
      return `W/${current}`;
    case "stale":
      return current.replace('"', '"0');
    case "listed":
      return `"a",W/"b" , ${current}`;
  }
}

function bytesOf(
  body: DraftBody,
  { operationId }: CheckedOperation,
  ids: Readonly<Record<string, string>>,
): Buffer {
  if ("hex" in body) return Buffer.from(body.hex, "hex");
  const parameters = SAME_IDS[operationId] ?? {};
  const same = Object.fromEntries(
    body.sameIds.map((member) => [member, ids[parameters[member] ?? ""] ?? ""]),
  );
  const json: Json = isObject(body.json) ? { ...body.json, ...same } : body.json;
  const written = writeJson(json, body.style);
  const blanks = Math.max((body.bytes ?? 0) - written.length, 0);
  return blanks > 0 ? Buffer.concat([written, Buffer.alloc(blanks, " ")]) : written;
}

/** Asks for a page of one item, with the draft's criteria or without any, and takes the cursor of the next. */
async function cursorFor(
  draft: Draft,
  operation: CheckedOperation,
  fixture: Fixture,
  part: HttpPart,
): Promise<string | null> {
  const { rawQuery: _rawQuery, ...own } = draft;
  const plain = draft.cursor === "plain" ? { ...own, query: [], body: draft.body && EMPTY } : own;
  const query = plain.query.filter(([name]) => name !== "limit");
  const asked = request({ ...plain, query: [...query, ["limit", "1"]] }, operation, fixture);
  const { headers } = await part.send(asked);
  const link = /<([^>]*)>/.exec(headers.link ?? "")?.[1];
  const cursor = link === undefined ? null : new URL(link, "http://gateway").searchParams.get("cursor");
  return cursor !== null && draft.cursor === "tampered" ? tampered(cursor) : cursor;
}

const EMPTY: DraftBody = { json: {}, sameIds: [], style: "plain" };

function tampered(cursor: string): string {
  return cursor.slice(0, -1) + (cursor.endsWith("A") ? "B" : "A");
}

/** Whether a list is asked for less than all it has. */
function hasCriteria({ query, body }: Draft): boolean {
  const filters = query.some(([name]) => name !== "limit" && name !== "cursor");
  const isEmpty =
    body === null || ("json" in body && isObject(body.json) && Object.keys(body.json).length === 0);
  return filters || !isEmpty;
}
