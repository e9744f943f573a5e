import { AUDITOR_KEY, PARTNER_KEY } from "./addresses.ts";
import { CANARY } from "./canary.ts";
import { readContract } from "./contract.ts";
import type { ContractOperation } from "./contract.ts";
import { linesOf, NDJSON } from "./ndjson.ts";

export interface Call {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly rawBody?: string | Uint8Array;
  /** The subscription key; `null` for none. */
  readonly key?: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON, of NDJSON a list of all lines; `undefined` when there is no body. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into answers of every shape
  readonly body: any;
}

/** Calls operations of the contract by their ids. Each answer is held against the contract. */
export interface Client {
  /** @throws when the answer is not what the contract says */
  readonly call: (operationId: string, call?: Call) => Promise<Answer>;
  /** Follows `Link: rel="next"` of an answer of the operation; `null` when there is none. */
  readonly next: (operationId: string, answer: Answer, call?: Call) => Promise<Answer | null>;
}

const contract = readContract();

/** The operations of the contracts. */
export const operations = contract.operations;

/** Those that the gateway serves. */
export const publicOperations = [...operations.values()].filter(({ internal }) => !internal);

/** The key that opens an operation at the gateway. */
export function keyOf({ api }: ContractOperation): string {
  return api === "audit" ? AUDITOR_KEY : PARTNER_KEY;
}

/** @param origin of the gateway, or of an app */
export function clientOf(origin: string): Client {
  const send = (operationId: string, target: string, call: Call) =>
    request(operations.get(operationId)?.method ?? "GET", origin + target, call);
  return {
    call: (operationId, call = {}) => send(operationId, targetOf(operationId, call), call),
    async next(operationId, answer, call = {}) {
      const link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1];
      return link === undefined ? null : send(operationId, link, call);
    },
  };
}

/** What clients send unasked, and nobody may keep. */
const NOISE = { "user-agent": `${CANARY}/1.0`, referer: `https://clinic.example/?patient=${CANARY}` };

/**
 * Sends a request, of any form.
 * @throws when it is for an operation of the contract, and the answer is not what the contract says
 */
export async function request(method: string, url: string, call: Call = {}): Promise<Answer> {
  const { headers = {}, body, rawBody, key = PARTNER_KEY } = call;
  const sent = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      ...NOISE,
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...(key === null ? {} : { "ocp-apim-subscription-key": key }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const { status, headers: received } = response;
  const answer: Answer = { status, headers: received, text, body: parse(received, text) };
  holdAgainstContract(method, new URL(url).pathname, answer);
  return answer;
}

function parse(headers: Headers, text: string): unknown {
  const type = headers.get("content-type") ?? "";
  if (!type.includes("json") || text === "") return undefined;
  return type.startsWith(NDJSON) ? linesOf(text) : JSON.parse(text);
}

/** @throws when the request is for an operation of the contract, and the answer is not what the contract says */
export function holdAgainstContract(method: string, target: string, answer: Answer): void {
  const operation = contract.operationAt(method, target.replace(/\?.*/, ""));
  if (!operation || isOfGateway(operation, answer) || isOfHost(answer)) return;
  const faults = contract.faults(operation.operationId, answer);
  if (faults.length === 0) return;
  throw new Error(
    `${operation.operationId} answered ${answer.status}, against its contract: ${faults.join("; ")}`,
  );
}

/** Internal operations are none of the gateway's. */
function isOfGateway({ internal }: ContractOperation, { status, text }: Answer): boolean {
  return internal && status === 404 && text.includes('"message": "Resource not found"');
}

/** An app's host refuses a key without a word, and is not in the contract: clients talk to the gateway. */
function isOfHost({ status, text }: Answer): boolean {
  return status === 401 && text === "";
}

function targetOf(operationId: string, { path = {}, query = {} }: Call): string {
  const operation = operations.get(operationId);
  if (!operation) throw new Error(`The contract has no operation ${operationId}.`);
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ""),
  );
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return parameters.size > 0 ? `${filled}?${parameters.toString()}` : filled;
}
