/**
 * What a policy expression sees as `context`. The gateway fills it; the evaluator reads it through these plain shapes
 * and never through anything else of the host. All reads are live: an object may be changed between two evaluations.
 *
 * Source: Microsoft Learn, "API Management policy expressions", section "Context variable".
 */
export interface ExpressionContext {
  /** GUID text, with dashes. */
  readonly requestId: string;
  /** When the request was received. */
  readonly timestamp: Date;
  /** Milliseconds since {@link timestamp}; usually a getter. */
  readonly elapsed: number;
  readonly tracing: boolean;
  /**
   * Context variables, case-sensitive. Live: `set-variable` writes what {@link CompiledExpression.evaluate} gave, as it is.
   * The gateway itself may store: string, boolean, a 32-bit integer number, null, an {@link ExpressionResponse} or a `Jwt`.
   */
  readonly variables: Map<string, unknown>;
  readonly lastError: ExpressionLastError | null;
  readonly api: ExpressionApi;
  readonly operation: ExpressionOperation | null;
  readonly product: ExpressionProduct | null;
  readonly subscription: ExpressionSubscription | null;
  readonly user: ExpressionUser | null;
  readonly deployment: ExpressionDeployment;
  readonly request: ExpressionRequest;
  readonly response: ExpressionResponse | null;
  /** Receives the text of `context.Trace(...)`. */
  trace?(message: string): void;
  /** Uniform in [0, 1); what `Random` draws from. */
  random(): number;
  /** What `DateTime.UtcNow` and its kin read. */
  now(): Date;
  /** A fresh GUID text, with dashes; what `Guid.NewGuid()` gives. */
  newGuid(): string;
}

/** `context.LastError`; members of the page "Error handling in Azure API Management policies". */
export interface ExpressionLastError {
  readonly source: string;
  readonly reason: string;
  readonly message: string;
  readonly scope: string;
  readonly section: string;
  readonly path: string;
  readonly policyId: string;
}

/** `context.Api`. */
export interface ExpressionApi {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly revision: string;
  readonly isCurrentRevision: boolean;
  readonly version: string;
  readonly serviceUrl: ExpressionUrl | null;
}

/** `context.Operation`. */
export interface ExpressionOperation {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly urlTemplate: string;
}

/** `context.Product`. */
export interface ExpressionProduct {
  readonly id: string;
  readonly name: string;
  readonly approvalRequired: boolean;
  readonly subscriptionRequired: boolean;
  readonly subscriptionsLimit: number | null;
}

/** `context.Subscription`; `Key` is the key that the caller used. */
export interface ExpressionSubscription {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly primaryKey: string;
  readonly secondaryKey: string;
}

/** `context.User`. */
export interface ExpressionUser {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly note: string;
}

/** `context.Deployment`. */
export interface ExpressionDeployment {
  readonly region: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly gatewayId: string;
}

/** `context.Request`. */
export interface ExpressionRequest {
  readonly method: string;
  /** The URL that goes to the backend, as it is now. */
  readonly url: ExpressionUrl;
  /** The URL that the client called, API path included. */
  readonly originalUrl: ExpressionUrl;
  readonly headers: MultiMap;
  readonly matchedParameters: ReadonlyMap<string, string>;
  readonly ipAddress: string;
  /** Null when the request has no body. */
  readonly body: MessageBody | null;
}

/** `context.Response`, and what `send-request` stores in its response variable (`IResponse`). */
export interface ExpressionResponse {
  /** Tells this value from every other one that a variable may hold. */
  readonly kind: "response";
  readonly statusCode: number;
  readonly statusReason: string;
  readonly headers: MultiMap;
  readonly body: MessageBody | null;
}

/** `IUrl`. */
export interface ExpressionUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** Begins with `/`. */
  readonly path: string;
  /** Decoded names and values; names are case-sensitive. */
  readonly query: MultiMap;
  /** As sent: empty, or beginning with `?`. */
  readonly queryString: string;
}

/** Header names are in lower case (looked up without regard to case); query names as they are. */
export type MultiMap = ReadonlyMap<string, readonly string[]>;

/**
 * A buffered body. The gateway buffers before it evaluates an expression that reads one
 * ({@link CompiledExpression.readsRequestBody}); `BufferedBody` in this folder implements it.
 */
export interface MessageBody {
  /**
   * The body as text.
   * @param preserve false: the body is gone afterwards and is not sent on unless a policy sets another.
   * @throws ExpressionError when an earlier read consumed it
   */
  text(preserve: boolean): string;
  /** The body's bytes; see {@link text}. */
  bytes(preserve: boolean): Uint8Array;
}

/** Where an expression stands in its policy document. */
export interface ExpressionPlace {
  readonly file: string;
  /** 1-based line of the expression's first character. */
  readonly line: number;
}

/** An expression, compiled once and evaluated for each request. */
export interface CompiledExpression {
  readonly source: string;
  readonly where: ExpressionPlace;
  /** True when an evaluation may read `context.Request.Body`: buffer it first. */
  readonly readsRequestBody: boolean;
  /** True when an evaluation may read `context.Response.Body`: buffer it first. */
  readonly readsResponseBody: boolean;
  /** Doubtful C# that compiles all the same, each as `file:line: text`; for the start's log. */
  readonly warnings: readonly string[];
  /**
   * Evaluates synchronously. The result is an evaluator value: keep it as it is in a variable, and read it through
   * `toText`, `toBoolean` or `toInteger`.
   * @throws ExpressionError for an uncaught .NET exception, an exhausted step budget or a consumed body
   */
  evaluate(context: ExpressionContext): unknown;
}
