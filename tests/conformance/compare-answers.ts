import { isObject, type Json } from "../../generator/load/json.ts";
import type { CheckedOperation } from "./contract/operation.ts";
import type { Disagreement } from "./disagreement.ts";
import { CHANGING_LISTS } from "./single-operations.ts";
import { linesOf, mediaTypeOf, type Answer } from "./parts/answer.ts";

/**
 * Holds what the gateway made of an app's answer against what the app itself answers to the same request about a twin: the
 * same status, the same headers, the same body, but for what names the twin, the request or the moment.
 */
export function compareAnswers(operation: CheckedOperation, app: Answer, gateway: Answer): Disagreement[] {
  const at = (message: string): Disagreement => ({
    rule: "gateway-handler",
    pointer: operation.pointer,
    message,
  });
  if (app.status !== gateway.status)
    return [at(`the app answers with ${app.status}, the gateway with ${gateway.status}`)];
  if (isWithoutWords(app))
    return isWorded(gateway) ? [] : [at(`the gateway does not word the app's host's ${app.status}`)];
  return [
    ...headersOf(operation, app, gateway).map((name) =>
      at(`the gateway's ${gateway.status} has another ${name} than the app's`),
    ),
    ...(isSameBody(operation, app, gateway)
      ? []
      : [at(`the gateway's ${gateway.status} has another body than the app's`)]),
  ];
}

/** `PECULIARITIES["host-without-words"]`. */
export function isWithoutWords(answer: Answer): boolean {
  return answer.status >= 400 && answer.text === "" && mediaTypeOf(answer) === "";
}

function isWorded({ status, body }: Answer): boolean {
  return isObject(body) && body.statusCode === status && typeof body.message === "string";
}

/** They belong to a connection or to a moment. */
const OWN: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

function headersOf(operation: CheckedOperation, app: Answer, gateway: Answer): string[] {
  const names = new Set([...Object.keys(app.headers), ...Object.keys(gateway.headers)]);
  if (isChanging(operation, app, gateway)) names.delete("link");
  const differs = (name: string) => masked(app.headers[name] ?? "") !== masked(gateway.headers[name] ?? "");
  return [...names].filter((name) => !OWN.has(name) && differs(name));
}

/**
 * What it holds, and whether there is a next page, is not the same from one call to the next. What is streamed up to the same
 * end is: `PECULIARITIES.stream`.
 */
function isChanging({ operationId }: CheckedOperation, app: Answer, gateway: Answer): boolean {
  if (mediaTypeOf(app) === "application/x-ndjson") return linesOf(app)?.at(-1) !== linesOf(gateway)?.at(-1);
  return operationId in CHANGING_LISTS && app.status < 300;
}

function isSameBody(operation: CheckedOperation, app: Answer, gateway: Answer): boolean {
  return isChanging(operation, app, gateway) || masked(textOf(app)) === masked(textOf(gateway));
}

function textOf({ body, text }: Answer): string {
  return isObject(body) && "traceId" in body
    ? JSON.stringify({ ...body, traceId: null, requestId: null })
    : canonical(body, text);
}

function canonical(body: Json | undefined, text: string): string {
  return body === undefined ? text : JSON.stringify(body);
}

/** Without ids, moments and cursors, which differ between twins. */
function masked(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "<moment>")
    .replaceAll(/cursor=[\w.-]+/g, "cursor=<cursor>");
}
