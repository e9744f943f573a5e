import { randomBytes, randomUUID } from "node:crypto";
import { Pool } from "undici";
import { somebody, someTest } from "../../support/people.ts";
import type { OutageApp } from "./outage-app.ts";

/** A request, and what came of it. */
export interface Sent {
  readonly traceId: string;
  readonly operationId: string;
  readonly isChange: boolean;
  /** Undefined when the connection ended without one. */
  answer: Received | undefined;
}

export interface Received {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly etag: string | undefined;
  /** Of the problem; empty without one. */
  readonly code: string;
  readonly detail: string;
  /** Of a problem: the access's id. */
  readonly requestId: string;
  /** Of the resource, or of the first of several. */
  readonly id: string;
}

/** Asks one process of the Patient app, and remembers what it asked. */
export interface Driver {
  readonly sent: readonly Sent[];
  /** When it last forgot what it remembered: no record of `sent` is older, if the app's clock is right. */
  readonly since: string;
  /** Sends one request, and keeps it. */
  readonly ask: (operationId: string, request: Asked) => Promise<Sent>;
  /** The next request of the mix: 4 reads and searches for 3 changes. */
  next(): Promise<Sent>;
  /** So many requests of the mix, so many at a time. @returns those */
  drive(count: number, clients?: number): Promise<Sent[]>;
  /** Forgets what it remembers. */
  forget(): void;
  close(): Promise<void>;
}

export interface Asked {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const PEOPLE = 16;

/** Makes some people first, for the mix to read and change. */
export async function driver(app: OutageApp, connections = 16): Promise<Driver> {
  const pool = new Pool(app.url, { connections, pipelining: 1 });
  let sent: Sent[] = [];
  let since = new Date().toISOString();
  let turn = 0;
  const ask = async (operationId: string, asked: Asked): Promise<Sent> => {
    const one: Sent = {
      traceId: randomBytes(16).toString("hex"),
      operationId,
      isChange: /^(create|update|delete)/.test(operationId),
      answer: undefined,
    };
    sent.push(one);
    one.answer = await send(pool, app.key, one.traceId, asked).catch(() => undefined);
    return one;
  };
  const people: string[] = [];
  for (let count = 0; count < PEOPLE; count++) {
    const { answer } = await ask("createPatient", { method: "POST", path: "/patient", body: somebody() });
    if (answer?.status !== 201) throw new Error(`No patient was made: ${answer?.status ?? "no answer"}.`);
    people.push(answer.id);
  }
  const next = () => {
    const [operationId, asked] = mixed(turn, people[turn % PEOPLE] ?? "");
    turn++;
    return ask(operationId, asked);
  };
  return {
    get sent() {
      return sent;
    },
    get since() {
      return since;
    },
    ask,
    next,
    async drive(count, clients = 8) {
      const from = sent.length;
      let left = count;
      const client = async () => {
        while (left-- > 0) await next();
      };
      await Promise.all(Array.from({ length: clients }, client));
      return sent.slice(from);
    },
    forget() {
      sent = [];
      since = new Date().toISOString();
    },
    close: () => pool.destroy(),
  };
}

/** Seven kinds of request in turn; sixteen people in turn. */
function mixed(turn: number, id: string): [string, Asked] {
  switch (turn % 7) {
    case 0:
      return ["updatePatient", { method: "PUT", path: `/patient/${id}`, body: somebody() }];
    case 1:
      return ["createTest", { method: "POST", path: `/patient/${id}/tests`, body: someTest() }];
    case 2:
      return [
        "searchPatients",
        { method: "POST", path: "/patient/search", body: { insuranceNumber: "SYN-0" } },
      ];
    case 3:
      return ["createPatient", { method: "POST", path: "/patient", body: somebody() }];
    case 4:
      return ["listTests", { method: "GET", path: `/patient/${id}/tests?limit=5` }];
    case 5:
      return ["getPatient", { method: "GET", path: `/patient/${randomUUID()}` }];
    default:
      return ["getPatient", { method: "GET", path: `/patient/${id}` }];
  }
}

async function send(
  pool: Pool,
  key: string,
  traceId: string,
  { method, path, body, headers: more }: Asked,
): Promise<Received> {
  const {
    statusCode,
    headers,
    body: answered,
  } = await pool.request({
    method,
    path,
    headers: {
      ...more,
      "x-functions-key": key,
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answered.text();
  const json: unknown = text === "" ? undefined : JSON.parse(text);
  const one: unknown = Array.isArray(json) ? json[0] : json;
  const said = (name: string) => (isObject(one) && typeof one[name] === "string" ? one[name] : "");
  const header = (name: string) => (typeof headers[name] === "string" ? headers[name] : undefined);
  return {
    status: statusCode,
    retryAfter: header("retry-after"),
    etag: header("etag"),
    code: said("code"),
    detail: said("detail"),
    requestId: said("requestId"),
    id: said("id"),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
