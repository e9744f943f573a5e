import type { BackendAddress } from "../backends/backend-address.ts";
import type { Recording } from "../diagnostics/recording.ts";
import type { Section } from "../documents/policy-document.ts";
import type {
  ExpressionApi,
  ExpressionContext,
  ExpressionLastError,
  ExpressionOperation,
  ExpressionProduct,
  ExpressionSubscription,
} from "../expressions/context.ts";
import type { GatewayRuntime } from "../gateway-runtime.ts";
import { GatewayRequest } from "../messages/gateway-request.ts";
import type { ReceivedRequest } from "../messages/gateway-request.ts";
import { GatewayResponse } from "../messages/gateway-response.ts";
import { deployment } from "./deployment.ts";
import type { Statement } from "./statement.ts";

/** What is known of a request once its operation and its caller are. */
export interface Admission {
  readonly product: ExpressionProduct | null;
  readonly subscription: ExpressionSubscription | null;
}

/** One request on its way through the gateway: the `context` of its expressions, and what policies leave for each other. */
export class Exchange implements ExpressionContext {
  readonly request: GatewayRequest;
  readonly timestamp: Date;
  readonly variables = new Map<string, unknown>();
  readonly tracing = false;
  readonly user = null;
  readonly deployment = deployment;
  api: ExpressionApi = noApi;
  operation: ExpressionOperation | null = null;
  product: ExpressionProduct | null = null;
  subscription: ExpressionSubscription | null = null;
  response: GatewayResponse | null = null;
  lastError: ExpressionLastError | null = null;

  /** True once the answer stands and no further statement runs. */
  finished = false;
  section: Section = "inbound";
  /** The statement that runs, for the blame. */
  current: Statement | null = null;
  backend: BackendAddress | null = null;
  /** Aborts when the client goes away. */
  onClientGone: (() => void) | null = null;
  /** True once it has. */
  clientGone = false;
  /** What becomes telemetry; null when nothing does. */
  recording: Recording | null = null;
  /** Headers for whatever answer is sent in the end. */
  readonly answerHeaders: (readonly [name: string, value: string])[] = [];
  readonly #runtime: GatewayRuntime;
  #requestId: string | null = null;

  constructor(received: ReceivedRequest, runtime: GatewayRuntime) {
    this.request = new GatewayRequest(received);
    this.#runtime = runtime;
    this.timestamp = new Date(runtime.now());
  }

  get requestId(): string {
    return (this.#requestId ??= this.#runtime.newGuid());
  }

  get elapsed(): number {
    return this.#runtime.now() - this.timestamp.getTime();
  }

  random(): number {
    return this.#runtime.random();
  }

  now(): Date {
    return new Date(this.#runtime.now());
  }

  newGuid(): string {
    return this.#runtime.newGuid();
  }

  /** The response to edit; an empty 200 when the backend section sent nothing. */
  ensureResponse(): GatewayResponse {
    return (this.response ??= new GatewayResponse(200));
  }

  /** Makes this the answer and ends the pipeline. */
  finish(response: GatewayResponse): void {
    this.response = response;
    this.finished = true;
  }
}

const noApi: ExpressionApi = {
  id: "",
  name: "",
  path: "",
  revision: "",
  isCurrentRevision: true,
  version: "",
  serviceUrl: null,
};
