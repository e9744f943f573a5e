import { PARTNER_KEY } from "./addresses.ts";
import { readContract } from "./contract.ts";

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
  /** Parsed JSON; `undefined` when there is no body. */
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

/** @param origin of the gateway, or of an app */
export function clientOf(origin: string): Client {
  const send = async (operationId: string, url: string, call: Call): Promise<Answer> => {
    const answer = await request(operations.get(operationId)?.method ?? "GET", url, call);
    const contentType = answer.headers.get("content-type");
    const faults = contract.faults(operationId, { ...answer, contentType });
    if (faults.length > 0) {
      throw new Error(`${operationId} answered ${answer.status}, against its contract: ${faults.join("; ")}`);
    }
    return answer;
  };
  return {
    call: (operationId, call = {}) => send(operationId, `${origin}${target(operationId, call)}`, call),
    async next(operationId, answer, call = {}) {
      const link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1];
      return link === undefined ? null : send(operationId, `${origin}${link}`, call);
    },
  };
}

/** Sends a request, of any form. */
export async function request(method: string, url: string, call: Call = {}): Promise<Answer> {
  const { headers = {}, body, rawBody, key = PARTNER_KEY } = call;
  const sent = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...(key === null ? {} : { "ocp-apim-subscription-key": key }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").includes("json") && text !== "";
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as unknown) : undefined,
  };
}

function target(operationId: string, { path = {}, query = {} }: Call): string {
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
