import { emptyAnswer, type HttpAnswer } from "./http-answer.ts";

/**
 * The function that a request wants run at once: `POST /admin/functions/{name}`.
 *
 * @returns `undefined` when the request is for something else
 * @see https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http
 */
export function functionToRun(method: string, segments: readonly string[]): string | undefined {
  if (method !== "POST" || segments.length !== 3) return undefined;
  const [admin = "", functions = "", name] = segments;
  return admin.toLowerCase() === "admin" && functions.toLowerCase() === "functions" ? name : undefined;
}

/**
 * Starts a run and says 202 without waiting for its end. The body must be an object; its `input` a text, a number or a
 * truth value, of which a timer takes no notice.
 *
 * @param run starts it; `false` when there is no such function
 */
export function runByHand(body: Buffer | undefined, run: () => boolean): HttpAnswer {
  if (!isInvocation(body)) return emptyAnswer(400);
  return emptyAnswer(run() ? 202 : 404);
}

function isInvocation(body: Buffer | undefined): boolean {
  if (!body) return false;
  try {
    const invocation: unknown = JSON.parse(body.toString());
    if (typeof invocation !== "object" || invocation === null || Array.isArray(invocation)) return false;
    return !("input" in invocation) || typeof invocation.input !== "object" || invocation.input === null;
  } catch {
    return false;
  }
}
