import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Dispatcher, Pool } from "undici";
import { HeaderBag } from "../messages/header-bag.ts";
import { GatewayResponse } from "../messages/gateway-response.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import { ResponseStream } from "./response-stream.ts";

/** A request as it goes out. */
export interface OutgoingRequest {
  readonly pool: Pool;
  readonly method: string;
  /** Path and query as they go on the wire. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Buffer | Readable | null;
  /** Milliseconds until the response's head must be there. */
  readonly timeout: number;
  /** Policy that a failure is blamed on: `LastError.Source`. */
  readonly source: string;
}

/** A call that is under way. */
export interface BackendCall {
  /**
   * The response's head; its body follows as a stream.
   * @throws PolicyFailure with reason `Timeout` or `BackendConnectionFailure`
   */
  readonly response: Promise<GatewayResponse>;
  /** Ends the call, at whatever stage it is. */
  abort(): void;
}

/** Sends a request; undici's `dispatch`, because its promise interfaces cost a fifth of the whole hop. */
export function callBackend(request: OutgoingRequest): BackendCall {
  const call = new Call(request);
  const options = {
    path: request.path,
    method: request.method,
    headers: request.headers,
    body: request.body,
  };
  try {
    request.pool.dispatch({ ...options, headersTimeout: 0, bodyTimeout: bodySilence }, call);
  } catch (error) {
    call.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
  }
  return call;
}

/** Milliseconds without a byte of the body after which a response counts as broken off. */
const bodySilence = 300_000;

class Call implements BackendCall, Dispatcher.DispatchHandler {
  readonly response: Promise<GatewayResponse>;
  readonly #source: string;
  readonly #timer: NodeJS.Timeout;
  #resolve: (response: GatewayResponse) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #stream: ResponseStream | null = null;
  #aborted: Error | null = null;

  constructor(request: OutgoingRequest) {
    this.#source = request.source;
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#timer = setTimeout(() => this.#stop(timedOut(request)), request.timeout);
  }

  abort(): void {
    this.#stop(connectionFailure(this.#source, new Error("the client is gone")));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#aborted) controller.abort(this.#aborted);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    reason = "",
  ): void {
    if (status < 200) return;
    clearTimeout(this.#timer);
    this.#stream = new ResponseStream(controller);
    this.#resolve(new GatewayResponse(status, reason, HeaderBag.fromParsed(headers), this.#stream));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#stream?.push(chunk);
  }

  onResponseEnd(): void {
    this.#stream?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    clearTimeout(this.#timer);
    if (this.#stream) this.#stream.fail(error);
    else this.#reject(error instanceof PolicyFailure ? error : connectionFailure(this.#source, error));
  }

  #stop(reason: Error): void {
    clearTimeout(this.#timer);
    this.#aborted = reason;
    this.#controller?.abort(reason);
    this.#reject(reason);
  }
}

function timedOut({ source, timeout }: OutgoingRequest): PolicyFailure {
  return new PolicyFailure({
    source,
    reason: "Timeout",
    message: `The backend did not answer within ${timeout} ms.`,
  });
}

function connectionFailure(source: string, cause: Error): PolicyFailure {
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
  return new PolicyFailure({
    source,
    reason: "BackendConnectionFailure",
    message: `Error connecting to the backend: ${code}`,
    cause,
  });
}
