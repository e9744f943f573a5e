import { once } from "node:events";
import { connect } from "node:net";
import { holdAgainstContract } from "./client.ts";
import type { Answer } from "./client.ts";

/**
 * Sends lines as they are, and takes what comes back until the other side closes.
 * @param lines of the head, the request line first
 * @param body what is sent of it, whatever the head announces
 */
export async function rawRequest(origin: string, lines: readonly string[], body = ""): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (received += chunk));
  // The server may close while we still send.
  socket.on("error", () => undefined);
  socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  await once(socket, "close");
  return answerIn(received);
}

/** Sends lines for an operation, with what every request of a client needs. Holds the answer against the contract. */
export async function rawCall(
  origin: string,
  method: string,
  target: string,
  { key, lines, body = "" }: { key: string; lines: readonly string[]; body?: string },
): Promise<Answer> {
  const head = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    `Ocp-Apim-Subscription-Key: ${key}`,
    "Connection: close",
    ...lines,
  ];
  const answer = await rawRequest(origin, head, body);
  holdAgainstContract(method, target, answer);
  return answer;
}

function answerIn(received: string): Answer {
  const end = received.indexOf("\r\n\r\n");
  const [statusLine = "", ...fields] = received.slice(0, end).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  const headers = new Headers(
    fields.map((field): [string, string] => [
      field.split(":", 1)[0] ?? "",
      field.slice(field.indexOf(":") + 1),
    ]),
  );
  // What is sent in chunks has their lengths around it.
  const text = /\{.*\}/s.exec(received.slice(end))?.[0] ?? "";
  return { status, headers, text, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
}
