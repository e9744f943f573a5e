import { Pool } from "undici";
import type { SentRequest } from "../oracle/sent-request.ts";
import { parsed, type Answer } from "./answer.ts";

/** A part of the product that answers requests: an app at its functions host, or the gateway. */
export interface HttpPart {
  /** @throws when there is no answer */
  send(request: SentRequest): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * @param key the header that opens it, and what it must say
 * @param connections how many are kept open
 */
export function httpPart(
  origin: string,
  key: { header: string; value: string },
  connections: number,
): HttpPart {
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
  return {
    async send({ method, target, headers, body, key: sent }) {
      const opening = sent === "none" ? [] : [key.header, sent === "right" ? key.value : "not-the-key"];
      const {
        statusCode,
        headers: received,
        body: content,
      } = await pool.request({
        method,
        path: target,
        headers: [...headers.flat(), ...opening],
        body,
      });
      const text = await content.text();
      return { status: statusCode, headers: flattened(received), text, body: parsed(text) };
    },
    close: () => pool.close(),
  };
}

function flattened(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === "string" ? value : value.join(", ")]],
    ),
  );
}
