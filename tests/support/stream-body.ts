import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { CANARY } from "./canary.ts";
import { holdAgainstContract } from "./client.ts";
import type { Answer } from "./client.ts";

const CHUNK = Buffer.from(CANARY.repeat(6_500));

/**
 * Sends a body that is never in memory as a whole, until there is an answer. Holds the answer against the contract.
 * @param length of the body, in bytes
 * @param headers without a content length, the body is sent in chunks
 * @throws when the connection ends without an answer
 */
export async function streamBody(
  method: string,
  url: string,
  length: number,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const sent = request(url, { method, headers, agent: false });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    // An error behind the answer, of a server that does not read to the end, comes too late to matter.
    sent.once("response", resolve).on("error", reject);
  });
  const stop = () => void sent.off("drain", send);
  let left = length;
  function send(): void {
    while (left > 0) {
      const chunk = CHUNK.subarray(0, left);
      left -= chunk.length;
      if (!sent.write(chunk)) return;
    }
    sent.end();
    stop();
  }
  sent.on("drain", send);
  send();
  const response = await answered.finally(stop);
  const received = await text(response);
  sent.destroy();
  const answer: Answer = {
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    text: received,
    body: received === "" ? undefined : (JSON.parse(received) as unknown),
  };
  holdAgainstContract(method, new URL(url).pathname, answer);
  return answer;
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const pairs = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Headers(pairs);
}
