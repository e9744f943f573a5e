import type { Reply } from "./reply.ts";

/** An answer as the Functions library takes it. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Serialises an answer, once. JSON in UTF-8 unless the reply names another content type. */
export function serialise({ status, headers = {}, body }: Reply): HttpReply {
  const present: Record<string, string> = { "cache-control": "no-store" };
  if (body !== undefined) present["content-type"] = "application/json";
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) present[name] = value;
  }
  return body === undefined
    ? { status, headers: present }
    : { status, headers: present, body: JSON.stringify(body) };
}
