import { randomUUID } from "node:crypto";
import type { Db } from "mongodb";
import type { AppTools } from "./app-tools.ts";
import type { AuditSink } from "./audit/audit-sink.ts";
import { auditTrail } from "./audit/audit-trail.ts";
import { searchTerms } from "./audit/search-terms.ts";
import { systemClock } from "./clock.ts";
import { settingsFrom } from "./configuration.ts";
import type { SettingReader } from "./configuration.ts";
import type { CollectionDeclaration } from "./database/collections.ts";
import { database } from "./database/database.ts";
import type { Database } from "./database/database.ts";
import { timeOrderedIds } from "./ids.ts";
import type { Job, ScheduledJob } from "./jobs/job.ts";
import { runJob } from "./jobs/run-job.ts";
import type { OperationDefinition } from "./operation.ts";
import { pipeline } from "./pipeline.ts";
import type { AnyHandler, Invocation, Services } from "./pipeline.ts";
import type { HttpRequest } from "./request/http-request.ts";
import { REPLY_VALIDATIONS, replyValidator } from "./reply-validation/reply-validator.ts";
import type { ReplyValidator } from "./reply-validation/reply-validator.ts";
import { keyVault } from "./secrets/key-vault.ts";
import { managedIdentityToken, VAULT_SCOPE } from "./secrets/managed-identity.ts";
import { keyRing } from "./secrets/key-ring.ts";
import type { KeyRing } from "./secrets/key-ring.ts";
import type { Secret } from "./secrets/secret-store.ts";
import type { HttpReply } from "./serialise.ts";
import { LOG_LEVELS, logTo } from "./telemetry/log.ts";
import type { Log } from "./telemetry/log.ts";
import { openTelemetry } from "./telemetry/telemetry.ts";

export interface AppOptions<Context> {
  /** The API's name, `patient`; its secrets and log lines bear it. */
  readonly service: string;
  readonly collections: readonly CollectionDeclaration[];
  /** Makes the app's own parts. */
  readonly parts: (tools: AppTools) => AppParts<Context>;
  /** The settings, `process.env` unless a test says otherwise. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface AppParts<Context> {
  /** What the app's handlers get beside their request. */
  readonly context: (tools: HandlerTools) => Context | Promise<Context>;
  /** Where accesses are recorded when that is not the Audit API: the register records its own. */
  readonly audit?: AuditSink;
  /** What the app does by itself. */
  readonly jobs?: readonly Job[];
}

/** What a context is made of, for one request. */
export interface HandlerTools extends Invocation {
  readonly db: Db;
  /** Signs the cursors of lists. */
  readonly cursorKeys: KeyRing;
}

/** An app whose operations can be bound to their handlers, and whose jobs can be registered. */
export interface App<Context> {
  bind<Id extends string>(
    operations: Readonly<Record<Id, OperationDefinition>>,
    handlers: Readonly<Record<Id, AnyHandler<Context>>>,
  ): Record<Id, (request: HttpRequest) => Promise<HttpReply>>;
  readonly jobs: readonly ScheduledJob[];
  /** Sends the telemetry that has not been sent yet, for at most two seconds. */
  readonly close: () => Promise<void>;
}

/** What breaks the contract seldom breaks it once: one answer in ten finds it within its first dozens. */
const DEFAULT_RATE = 0.1;

/**
 * Makes an app from its settings: `KEY_VAULT_URL`, `MONGODB_DATABASE`, those of {@link auditTrail} (unless it records by
 * itself), and optionally `AZURE_CLIENT_ID` (which of several identities is the app's), `DATABASE_TIMEOUT_MS` (5000), `SECRET_MAX_AGE_MS` (30000), `REPLY_VALIDATION` (`log`; `refuse` in staging, `throw` in tests),
 * `REPLY_VALIDATION_RATE` (0.1), the share of answers that `log` looks at, `LOG_LEVEL` (`info`) and those of {@link openTelemetry}.
 * It begins to connect at once, so that the first request does not wait for it.
 * @throws {ConfigurationError} when a setting is missing or unusable: the app must not start
 */
export function createApp<Context>(options: AppOptions<Context>): App<Context> {
  const tools = appTools(options);
  const { service, settings, database: data, clock, log, telemetry } = tools;
  const hashKey = tools.secrets.secret(`${service}-hash-key`);
  const parts = options.parts(tools);
  const { sink, jobs } = parts.audit
    ? { sink: parts.audit, jobs: [] }
    : auditTrail(tools, options.collections);
  const services: Services<Context> = {
    service,
    audit: sink,
    clock,
    ids: timeOrderedIds(clock),
    log,
    telemetry,
    replies: replies(settings, log),
    searchTerms: async (criteria) => searchTerms(criteria, keyRing(await hashKey.value())[0]),
    context: async (invocation) =>
      parts.context({
        ...invocation,
        db: await data.connected(),
        cursorKeys: keyRing(await hashKey.value()),
      }),
  };
  warmUp(data, hashKey);
  return {
    bind: (operations, handlers) => bindAll(operations, handlers, services),
    jobs: [...jobs, ...(parts.jobs ?? [])].map((job) => ({
      name: job.name,
      schedule: job.schedule,
      // Each run is an owner of its own: one that is started by hand must not join one that the schedule has started.
      run: () => runJob(job, { database: data, clock, log, tracer: telemetry.tracer, owner: randomUUID() }),
    })),
    close: () => telemetry.close(),
  };
}

function appTools<Context>({ service, collections, environment }: AppOptions<Context>): AppTools {
  const settings = settingsFrom(environment ?? process.env);
  const log = logTo(process.stdout, service, settings.choice("LOG_LEVEL", LOG_LEVELS, "info"));
  const telemetry = openTelemetry(settings, service, log);
  const clientId = settings.optional("AZURE_CLIENT_ID");
  const tokenOf = (scope: string) => managedIdentityToken(scope, clientId);
  const secrets = keyVault({
    url: settings.url("KEY_VAULT_URL"),
    token: tokenOf(VAULT_SCOPE),
    clock: systemClock,
    maxAgeMs: settings.integer("SECRET_MAX_AGE_MS", 30_000, 1),
  });
  const data = database({
    uri: secrets.secret(`${service}-mongodb-uri`),
    name: settings.text("MONGODB_DATABASE", "the database's name"),
    collections,
    timeoutMs: settings.integer("DATABASE_TIMEOUT_MS", 5_000, 1),
    observed: telemetry.isOn,
  });
  return { service, settings, tokenOf, secrets, database: data, clock: systemClock, log, telemetry };
}

function replies(settings: SettingReader, log: Log): ReplyValidator {
  return replyValidator({
    validation: settings.choice("REPLY_VALIDATION", REPLY_VALIDATIONS, "log"),
    rate: settings.share("REPLY_VALIDATION_RATE", DEFAULT_RATE),
    random: Math.random,
    clock: systemClock,
    log,
  });
}

function bindAll<Id extends string, Context>(
  operations: Readonly<Record<Id, OperationDefinition>>,
  handlers: Readonly<Record<Id, AnyHandler<Context>>>,
  services: Services<Context>,
): Record<Id, (request: HttpRequest) => Promise<HttpReply>> {
  const bound: Partial<Record<Id, (request: HttpRequest) => Promise<HttpReply>>> = {};
  for (const id in operations) bound[id] = pipeline(operations[id], handlers[id], services);
  return bound as Record<Id, (request: HttpRequest) => Promise<HttpReply>>;
}

/** A failure here is not one: the first request tries again, and answers for it. */
function warmUp(data: Database, hashKey: Secret): void {
  setImmediate(() => void Promise.allSettled([data.connected(), hashKey.value()]));
}
