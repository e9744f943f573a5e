import { toBodySource, type BodySource } from "./body-source.ts";
import { emptyAnswer, type HttpAnswer } from "./http-answer.ts";
import { serializeStreamedCookie } from "./streamed-cookie.ts";

/**
 * Turns whatever a handler of an app that enables HTTP streams may return into an answer, as the library's
 * `HttpResponse` would: its body is a stream, or becomes one. Plain results take the shorter way of
 * {@link toDirectAnswer} before.
 *
 * @throws what the native `Response` throws for a status, headers or a body that it refuses
 */
export function toStreamedAnswer(result: unknown): HttpAnswer {
  if (result === undefined || result === null) return emptyAnswer(204);
  if (!isRecord(result)) throw new TypeError("the handler's result is no object");
  const source = isJson(result) ? undefined : toBodySource(result.body);
  try {
    const response = toResponse(result, source !== undefined);
    const cookies = Array.isArray(result.cookies) ? result.cookies.map(serializeStreamedCookie) : [];
    const stream = source ?? ownStream(response);
    const head = { status: response.status, headers: Object.fromEntries(response.headers), cookies };
    return { ...head, body: "", ...(stream && { stream }) };
  } catch (error) {
    source?.cancel().catch(() => undefined);
    throw error;
  }
}

function isJson({ jsonBody }: Record<string, unknown>): boolean {
  return jsonBody !== undefined && jsonBody !== null;
}

/** Statuses that the native `Response` has no body for. */
const BODILESS: unknown[] = [204, 205, 304];

/** The native `Response` judges status and headers, and turns forms, blobs and the like into bytes. */
function toResponse(result: Record<string, unknown>, isStream: boolean): Response {
  const { status, headers } = result;
  const content = isJson(result) ? JSON.stringify(result.jsonBody) : result.body;
  const init = { status, headers };
  const args = [isStream || BODILESS.includes(status) ? null : content, init];
  // By reflection, since what a handler returns at run time is of no type that the constructor takes.
  const response: unknown = Reflect.construct(Response, args);
  if (!(response instanceof Response)) throw new TypeError("this Node has no Response");
  if (isJson(result) && !hasType(headers)) response.headers.set("content-type", "application/json");
  return response;
}

function hasType(headers: unknown): boolean {
  const copy: unknown = Reflect.construct(Headers, [headers]);
  return copy instanceof Headers && copy.has("content-type");
}

function ownStream({ body }: Response): BodySource | undefined {
  return body === null ? undefined : toBodySource(body);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
