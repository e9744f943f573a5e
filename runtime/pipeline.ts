import { closedRecord, intentRecord, outcomeRecord } from "./audit/access.ts";
import type { Access } from "./audit/access.ts";
import { actorOf, purposeOf } from "./audit/actor.ts";
import type { AuditRecord, SearchTerm } from "./audit/audit-record.ts";
import type { AuditSink } from "./audit/audit-sink.ts";
import { latestToday } from "./clock.ts";
import type { Clock } from "./clock.ts";
import type { IdSource } from "./ids.ts";
import type { AuditDefinition, OperationDefinition } from "./operation.ts";
import { problem } from "./problem/problem.ts";
import type { Problem } from "./problem/problem.ts";
import { problemReply } from "./problem/problem-response.ts";
import { toProblem } from "./problem/to-problem.ts";
import type { Reply } from "./reply.ts";
import { checkReply } from "./reply-validation.ts";
import type { ReplyValidation } from "./reply-validation.ts";
import type { HttpRequest } from "./request/http-request.ts";
import { readBody } from "./request/read-body.ts";
import { validateRequest } from "./request/validate-request.ts";
import type { ValidRequest } from "./request/validate-request.ts";
import { serialise } from "./serialise.ts";
import type { HttpReply } from "./serialise.ts";
import { nameOfError } from "./telemetry/log.ts";
import type { Log } from "./telemetry/log.ts";
import { continueTrace } from "./telemetry/trace.ts";
import type { Trace } from "./telemetry/trace.ts";

/** What every operation of an app stands on. */
export interface Services<Context> {
  /** The app's name, `patient`. */
  readonly service: string;
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly replyValidation: ReplyValidation;
  /** The keyed hashes of a search's criteria. */
  readonly searchTerms: (criteria: unknown) => Promise<readonly SearchTerm[]>;
  /** What a handler gets beside its request. */
  readonly context: (invocation: Invocation) => Promise<Context>;
}

/** What the pipeline knows of one request and a handler may need. */
export interface Invocation {
  /** The id of what this request creates. */
  readonly newId: string;
  readonly now: Date;
}

/** A handler as the pipeline sees it. The generated types say more: which request, and which replies. */
export type AnyHandler<Context> = (request: never, context: Context) => Promise<Reply>;

/**
 * Serves one operation: parse with limits → validate → record the intent → handler → validate the reply → record the
 * outcome → serialise. One catch turns whatever is thrown into a problem.
 */
export function pipeline<Context>(
  operation: OperationDefinition,
  handler: AnyHandler<Context>,
  services: Services<Context>,
): (request: HttpRequest) => Promise<HttpReply> {
  return async (request) => serialise(await new Exchange(operation, handler, services, request).answer());
}

/** A request that the contract admits, and the hashes of its criteria. */
interface Admitted {
  readonly valid: ValidRequest;
  readonly search: readonly SearchTerm[] | undefined;
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
  readonly #trace: Trace;
  readonly #requestId: string;
  readonly #newId: string;

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
    this.#trace = continueTrace(request.headers.get("traceparent"));
    this.#requestId = services.ids();
    this.#newId = services.ids();
  }

  async answer(): Promise<Reply> {
    try {
      return await this.#answerAdmitted(await this.#admitted());
    } catch (error) {
      return this.#reply(toProblem(error));
    }
  }

  /** What may be accessed, or the refusal, which is recorded before it is answered. */
  async #admitted(): Promise<Admitted> {
    try {
      const body = await readBody(this.#request, this.#operation.body);
      const today = latestToday(this.#services.clock);
      const valid = validateRequest(this.#request, this.#operation, body, today);
      return { valid, search: await this.#searchTerms(valid) };
    } catch (error) {
      const refusal = toProblem(error);
      const access = this.#access(null, undefined);
      if (access) {
        await this.#append(closedRecord(access, this.#now(), { status: refusal.status }, refusal.code));
      }
      throw refusal;
    }
  }

  async #answerAdmitted({ valid, search }: Admitted): Promise<Reply> {
    const access = this.#access(valid, search);
    if (!access) return this.#handle(valid);
    await this.#append(intentRecord(access, this.#now()));
    try {
      const reply = await this.#handle(valid);
      await this.#append(outcomeRecord(access, this.#now(), reply), OUTCOME_UNKNOWN);
      return reply;
    } catch (error) {
      const failure = sureOfChange(toProblem(error), access.audit.action);
      if (failure.code === "audit-unavailable") throw failure;
      const reply = this.#reply(failure);
      const detail = failure.status >= 500 ? OUTCOME_UNKNOWN : undefined;
      await this.#append(outcomeRecord(access, this.#now(), reply, failure.code), detail);
      return reply;
    }
  }

  async #handle(valid: ValidRequest): Promise<Reply> {
    const context = await this.#services.context({
      newId: this.#newId,
      now: this.#services.clock.now(),
    });
    // The validator has just found the request to be what the handler's type says.
    const reply = await this.#handler(valid as never, context);
    checkReply(reply, this.#operation, this.#services.replyValidation, this.#services.log);
    return reply;
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
      traceId: this.#trace.traceId,
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
      await this.#services.audit.append(record, this.#trace.traceparent);
    } catch (error) {
      throw problem("audit-unavailable", { cause: error, retryAfter: 1, ...(detail && { detail }) });
    }
  }

  #reply(failure: Problem): Reply {
    if (failure.status >= 500) {
      this.#services.log("error", "request-failed", {
        operationId: this.#operation.operationId,
        code: failure.code,
        cause: nameOfError(failure.cause),
        traceId: this.#trace.traceId,
        requestId: this.#requestId,
      });
    }
    return problemReply(failure, { traceId: this.#trace.traceId, requestId: this.#requestId });
  }

  #now(): string {
    return this.#services.clock.now().toISOString();
  }
}

/** A change that failed half-way must not be called undone. */
function sureOfChange(failure: Problem, action: AuditDefinition["action"]): Problem {
  if (failure.status < 500 || failure.options.detail !== undefined || !CHANGES.includes(action))
    return failure;
  return problem(failure.code, { ...failure.options, detail: CHANGE_UNKNOWN });
}

/** The path parameters that are UUIDs. */
function uuidsOf(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => UUID.test(value)));
}
