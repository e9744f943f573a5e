import { setTimeout as delay } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { errorField } from "./error-field.ts";

/** Where to send to, and how to wait. */
export interface Sender {
  /** Connections to the gateway. */
  dispatcher: Dispatcher;
  /** The gateway's address. */
  gateway: string;
  /** The subscription key. */
  key: string;
  /** Waits so many milliseconds. A test passes one that does not. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** The gateway did not create what it was asked to. Its message holds neither the key nor what was sent. */
export class SendError extends Error {
  override readonly name = "SendError";
}

/**
 * Creates one resource. Tries again, up to 6 times, when the answer is 429 or 503: after `Retry-After` (RFC 9110, 10.2.3, in
 * seconds), at most 60 s, or without it ever longer, from half a second on. A 503 may come after the resource was stored, so one may then be there twice.
 *
 * @returns the resource's id, and how often it was tried again
 * @throws {SendError} for any other answer than 201, and when no connection can be made
 */
export async function send(
  sender: Sender,
  path: string,
  body: object,
): Promise<{ id: string; retries: number }> {
  for (let retries = 0; ; retries += 1) {
    const answer = await post(sender, path, body);
    if (answer.status === 201) return { id: idOf(answer.text), retries };
    if (!isBusy(answer.status) || retries === maximumRetries) throw new SendError(explain(sender, answer));
    await (sender.wait ?? delay)(pause(answer.retryAfter, retries));
  }
}

const maximumRetries = 6;

interface Answer {
  status: number;
  retryAfter: string | undefined;
  text: string;
}

async function post({ dispatcher, gateway, key }: Sender, path: string, body: object): Promise<Answer> {
  const { origin, pathname } = new URL(gateway);
  try {
    const response = await dispatcher.request({
      origin,
      path: `${pathname === "/" ? "" : pathname}${path}`,
      method: "POST",
      headers: { "content-type": "application/json", "ocp-apim-subscription-key": key },
      body: JSON.stringify(body),
    });
    const retryAfter = response.headers["retry-after"];
    return {
      status: response.statusCode,
      retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
      text: await response.body.text(),
    };
  } catch (error) {
    throw new SendError(
      `${gateway} cannot be reached (${errorField(error, "code") ?? "no connection"}). Is it running? Start it with: npm start`,
      {
        cause: error,
      },
    );
  }
}

function isBusy(status: number): boolean {
  return status === 429 || status === 503;
}

function pause(retryAfter: string | undefined, retries: number): number {
  const seconds =
    retryAfter !== undefined && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) : 0.5 * 2 ** retries;
  return Math.min(seconds, 60) * 1000;
}

/** Of a problem or of the gateway's own answer, only what can hold nothing personal. */
function explain({ gateway }: Sender, { status, text }: Answer): string {
  if (status === 401)
    return `${gateway} refuses the key (401). Pass one with --key; npm start prints the local keys.`;
  if (isBusy(status))
    return `${gateway} still answers ${status} after ${maximumRetries} more tries. Try again later.`;
  const { code, requestId } = fieldsOf(text);
  const named = [code, requestId === undefined ? undefined : `requestId ${requestId}`].filter(
    (part) => part !== undefined,
  );
  return `${gateway} answered ${status}${named.length > 0 ? ` (${named.join(", ")})` : ""}; expected 201.`;
}

function fieldsOf(text: string): { code?: string; requestId?: string } {
  const field = (name: string) => new RegExp(`"${name}"\\s*:\\s*"([a-z0-9-]{1,64})"`).exec(text)?.[1];
  const [code, requestId] = [field("code"), field("requestId")];
  return { ...(code === undefined ? {} : { code }), ...(requestId === undefined ? {} : { requestId }) };
}

function idOf(text: string): string {
  const id = /"id"\s*:\s*"([0-9a-f-]{36})"/.exec(text)?.[1];
  if (id === undefined)
    throw new SendError("The gateway answered 201 without an id. Is --gateway a Specimen gateway?");
  return id;
}
