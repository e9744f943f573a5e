import { closedRecord, endingRecord, intentRecord, outcomeRecord } from "./audit/access.ts";
import type { Access } from "./audit/access.ts";
import { actorOf, purposeOf } from "./audit/actor.ts";
import type { AuditRecord, Outcome, SearchTerm } from "./audit/audit-record.ts";
import type { AuditSink } from "./audit/audit-sink.ts";
import { latestToday } from "./clock.ts";
import type { Clock } from "./clock.ts";
import { failpoint } from "./failpoint.ts";
import type { IdSource } from "./ids.ts";
import type { AuditDefinition, OperationDefinition } from "./operation.ts";
import { problem } from "./problem/problem.ts";
import type { Problem } from "./problem/problem.ts";
import { problemReply } from "./problem/problem-response.ts";
import type { RequestNames } from "./problem/problem-response.ts";
import { toProblem } from "./problem/to-problem.ts";
import type { Reply } from "./reply.ts";
import { ReplyContractError } from "./reply-validation/reply-contract-error.ts";
import type { ReplyValidator } from "./reply-validation/reply-validator.ts";
import type { HttpRequest } from "./request/http-request.ts";
import { readBody } from "./request/read-body.ts";
import { validateRequest } from "./request/validate-request.ts";
import type { ValidRequest } from "./request/validate-request.ts";
import { serialise } from "./serialise.ts";
import type { HttpReply } from "./serialise.ts";
import { isStreamed, streamedBody } from "./streamed-body.ts";
import type { Ending } from "./streamed-body.ts";
import { inSpan } from "./telemetry/current-span.ts";
import { nameOfError } from "./telemetry/log.ts";
import type { Log } from "./telemetry/log.ts";
import type { Span } from "./telemetry/span.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";
import type { Root } from "./telemetry/tracer.ts";

/** What every operation of an app stands on. */
export interface Services<Context> {
  /** The app's name, `patient`. */
  readonly service: string;
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly replies: ReplyValidator;
  /** The keyed hashes of a search's criteria. */
  readonly searchTerms: (criteria: unknown) => Promise<readonly SearchTerm[]>;
  /** What a handler gets beside its request. */
  readonly context: (invocation: Invocation) => Promise<Context>;
}

/** What the pipeline knows of one request and a handler may need. */
export interface Invocation {
  /** The access that this request is, by which the register knows it. */
  readonly accessId: string;
  /** The id of what this request creates. */
  readonly newId: string;
  readonly now: Date;
}

/** A handler as the pipeline sees it. The generated types say more: which request, and which replies. */
export type AnyHandler<Context> = (request: never, context: Context) => Promise<Reply>;

/**
 * Serves one operation: parse with limits → validate → record the intent → handler → validate the reply → serialise →
 * record the outcome. One catch turns whatever is thrown into a problem. The outcome comes last, so that it tells what
 * leaves.
 * @returns a function that rejects with {@link ReplyContractError} where answers that break the contract are thrown, with
 * nothing else
 */
export function pipeline<Context>(
  operation: OperationDefinition,
  handler: AnyHandler<Context>,
  services: Services<Context>,
): (request: HttpRequest) => Promise<HttpReply> {
  return (request) => new Exchange(operation, handler, services, request).answer();
}

/** A request that the contract admits, and the hashes of its criteria. */
interface Admitted {
  readonly valid: ValidRequest;
  readonly search: readonly SearchTerm[] | undefined;
}

/** What leaves. */
interface Answer {
  readonly http: HttpReply;
  /** The failure that it tells of. */
  readonly failure?: Problem;
  /** What is thrown in its place once it has been recorded. */
  readonly thrown?: ReplyContractError;
}

/** An answer that tells of a failure. */
interface Failed extends Answer {
  readonly reply: Reply;
  readonly failure: Problem;
}

/** A handler's answer and its record; `null` when the access is not audited, or is recorded when its answer has been sent. */
interface Served {
  readonly answer: Answer;
  readonly outcome: AuditRecord | null;
}

/** They say which page of what was found, not what is searched for. */
const PAGE_PARAMETERS = ["cursor", "limit"];

/** The access has begun by then: for a change, "nothing was changed" might not be true. */
const OUTCOME_UNKNOWN =
  "The outcome could not be recorded. A change may have been made: read before you repeat it.";
const CHANGE_UNKNOWN = "A change may have been made: read before you repeat it.";
const CHANGES: readonly string[] = ["create", "update", "delete"];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

class Exchange<Context> {
  readonly #operation: OperationDefinition;
  readonly #handler: AnyHandler<Context>;
  readonly #services: Services<Context>;
  readonly #request: HttpRequest;
  readonly #root: Root;
  readonly #requestId: string;
  readonly #newId: string;
  #isStreaming = false;

  constructor(
    operation: OperationDefinition,
    handler: AnyHandler<Context>,
    services: Services<Context>,
    request: HttpRequest,
  ) {
    this.#operation = operation;
    this.#handler = handler;
    this.#services = services;
    this.#request = request;
    this.#requestId = services.ids();
    this.#newId = services.ids();
    this.#root = services.telemetry.tracer.request(
      `${operation.method} ${operation.path}`,
      request.headers.get("traceparent"),
      {
        "http.request.method": operation.method,
        "http.route": operation.path,
        "specimen.operation": operation.operationId,
        "specimen.request_id": this.#requestId,
      },
    );
  }

  async answer(): Promise<HttpReply> {
    const answer = await inSpan(this.#root.span, () =>
      this.#answer().catch((error: unknown) => this.#failed(error)),
    );
    this.#tell(answer);
    if (answer.thrown) throw answer.thrown;
    return answer.http;
  }

  /** The request is over for telemetry, unless its answer is still being made. */
  #tell({ http, failure }: Answer): void {
    const { span, end } = this.#root;
    span.set({
      "http.response.status_code": http.status,
      ...(failure && { "specimen.problem": failure.code }),
    });
    if (!this.#isStreaming) end();
  }

  async #answer(): Promise<Answer> {
    const admitted = await this.#admit();
    return "valid" in admitted ? this.#serve(admitted) : this.#refuse(admitted);
  }

  /** What may be accessed, or the refusal. */
  async #admit(): Promise<Admitted | Failed> {
    try {
      const body = await readBody(this.#request, this.#operation.body);
      const today = latestToday(this.#services.clock);
      const valid = validateRequest(this.#request, this.#operation, body, today);
      return { valid, search: await this.#searchTerms(valid) };
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** A refusal is recorded before it is answered. */
  async #refuse(refusal: Failed): Promise<Answer> {
    const access = this.#access(null, undefined);
    this.#countFaults(refusal.failure);
    if (access) await this.#append(closedRecord(access, this.#now(), refusal.reply, refusal.failure.code));
    return refusal;
  }

  async #serve({ valid, search }: Admitted): Promise<Answer> {
    const access = this.#access(valid, search);
    failpoint("before-intent");
    if (access) await this.#append(intentRecord(access, this.#now()));
    failpoint("intent-durable");
    const { answer, outcome } = await this.#handle(valid, access);
    const mayHaveChanged = !answer.failure || answer.failure.status >= 500;
    failpoint("before-outcome");
    if (outcome) await this.#append(outcome, mayHaveChanged ? OUTCOME_UNKNOWN : undefined);
    failpoint("outcome-durable");
    return answer;
  }

  /** Calls the handler. What it throws is an answer, too. */
  async #handle(valid: ValidRequest, access: Access | null): Promise<Served> {
    try {
      const { context, clock } = this.#services;
      const tools = await context({
        accessId: this.#requestId,
        newId: this.#newId,
        now: clock.now(),
      });
      // The validator has just found the request to be what the handler's type says.
      const reply = await this.#handler(valid as never, tools);
      if (isStreamed(reply.body))
        return { answer: { http: await this.#streamed(reply, reply.body, access) }, outcome: null };
      const http = this.#checked(reply);
      return { answer: { http }, outcome: access && outcomeRecord(access, this.#now(), reply) };
    } catch (error) {
      const answer = this.#failed(error, access?.audit.action);
      const { reply, failure } = answer;
      return { answer, outcome: access && outcomeRecord(access, this.#now(), reply, failure.code) };
    }
  }

  /** An answer that is recorded when its end is known, before its last byte leaves. */
  async #streamed(reply: Reply, lines: AsyncIterable<unknown>, access: Access | null): Promise<HttpReply> {
    const { span, end } = this.#root;
    const ended = (ending: Ending) =>
      inSpan(span, () => this.#ended(ending, reply.status, access)).finally(() => end());
    const check = (line: unknown) => {
      const { headers = {} } = reply;
      const named = { ...headers, "content-type": headers["content-type"] ?? "application/x-ndjson" };
      this.#services.replies.check({ ...reply, headers: named, body: line }, this.#operation, this.#names);
    };
    const body = await streamedBody({ lines: eachInSpan(span, lines), check, ended });
    const http = serialise({ ...reply, body });
    this.#isStreaming = true;
    return http;
  }

  async #ended(ending: Ending, status: number, access: Access | null): Promise<void> {
    const outcome = this.#endingOf(ending, status);
    if (access) await this.#append(endingRecord(access, this.#now(), outcome));
  }

  #endingOf(ending: Ending, status: number): Outcome {
    if (ending.kind === "completed") return { code: 0, status };
    if (ending.kind === "aborted") return { code: 4, status, error: "aborted" };
    const failure = toProblem(ending.error);
    this.#logFailure(failure);
    return { code: 8, status, error: failure.code };
  }

  #access(valid: ValidRequest | null, search: readonly SearchTerm[] | undefined): Access | null {
    const { audit } = this.#operation;
    if (!audit) return null;
    const parameters = valid ?? { path: uuidsOf(this.#request.params) };
    return {
      accessId: this.#requestId,
      service: this.#services.service,
      operation: this.#operation,
      audit,
      actor: actorOf(this.#request),
      purpose: purposeOf(valid),
      traceId: this.#root.span.traceId,
      requestId: this.#requestId,
      newId: valid ? this.#newId : undefined,
      parameters,
      search,
    };
  }

  async #searchTerms({ body, query }: ValidRequest): Promise<readonly SearchTerm[] | undefined> {
    if (this.#operation.audit?.action !== "search") return undefined;
    const criteria = Object.entries(query).filter(([name]) => !PAGE_PARAMETERS.includes(name));
    const terms = await this.#services.searchTerms(body ?? Object.fromEntries(criteria));
    return terms.length > 0 ? terms : undefined;
  }

  async #append(record: AuditRecord, detail?: string): Promise<void> {
    try {
      await this.#services.audit.append(record, this.#root.span);
    } catch (error) {
      throw problem("audit-unavailable", { cause: error, retryAfter: 1, ...(detail && { detail }) });
    }
  }

  #failed(error: unknown, action?: AuditDefinition["action"]): Failed {
    try {
      return this.#failedWith(error, (reply) => this.#checked(reply), action);
    } catch (broken) {
      // The operation does not declare the problem; a 500 leaves in its place, whether it declares that or not.
      return this.#failedWith(broken, serialise, action);
    }
  }

  #failedWith(
    error: unknown,
    send: (reply: Reply) => HttpReply,
    action: AuditDefinition["action"] | undefined,
  ): Failed {
    const failure = sureOfChange(toProblem(error), action);
    if (failure.status >= 500) this.#logFailure(failure);
    const reply = problemReply(failure, this.#names);
    const failed = { failure, reply, http: send(reply) };
    return error instanceof ReplyContractError ? { ...failed, thrown: error } : failed;
  }

  /** @throws what `Services.replies` throws, and `serialise` */
  #checked(reply: Reply): HttpReply {
    this.#services.replies.check(reply, this.#operation, this.#names);
    return serialise(reply);
  }

  #countFaults({ options }: Problem): void {
    const { telemetry } = this.#services;
    const { operationId: operation } = this.#operation;
    for (const { code: rule } of options.errors ?? [])
      telemetry.meter.record("specimen.validation.failures", 1, { operation, rule });
  }

  #logFailure({ code, cause }: Problem): void {
    this.#root.span.fail(cause);
    this.#services.log("error", "request-failed", {
      operationId: this.#operation.operationId,
      code,
      cause: nameOfError(cause),
      ...this.#names,
    });
  }

  get #names(): RequestNames {
    return { traceId: this.#root.span.traceId, requestId: this.#requestId };
  }

  #now(): string {
    return this.#services.clock.now().toISOString();
  }
}

/** A change that failed half-way must not be called undone. */
function sureOfChange(failure: Problem, action: AuditDefinition["action"] | undefined): Problem {
  const isChange = action !== undefined && CHANGES.includes(action);
  if (failure.status < 500 || failure.options.detail !== undefined || !isChange) return failure;
  return problem(failure.code, { ...failure.options, detail: CHANGE_UNKNOWN });
}

/** What makes an answer while it is sent still works for the request. */
function eachInSpan(span: Span, lines: AsyncIterable<unknown>): AsyncIterable<unknown> {
  const source = lines[Symbol.asyncIterator]();
  const iterator: AsyncIterator<unknown> = {
    next: () => inSpan(span, () => source.next()),
    return: () => inSpan(span, () => source.return?.() ?? Promise.resolve({ done: true, value: undefined })),
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** The path parameters that are UUIDs. */
function uuidsOf(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => UUID.test(value)));
}
