import type { Draft } from "./cases/draft.ts";
import { resolveDraft, type Resolved } from "./cases/resolve-draft.ts";
import { checkAnswer, checkContract } from "./check-answer.ts";
import { checkEcho } from "./check-echo.ts";
import { checkExport } from "./check-export.ts";
import { checkPage } from "./check-page.ts";
import { checkReadBack } from "./check-read-back.ts";
import { checkValidator } from "./check-validator.ts";
import { compareAnswers, isWithoutWords } from "./compare-answers.ts";
import type { CheckedOperation } from "./contract/operation.ts";
import type { Coverage } from "./coverage/coverage.ts";
import type { Disagreement } from "./disagreement.ts";
import type { Fixture } from "./fixtures/fixture-maker.ts";
import type { TwinKeeper, Twins } from "./fixtures/twins.ts";
import { isJudgedBySchema, judgeRequest, type Judgement } from "./judge-request.ts";
import { todayAnywhere } from "./oracle/calendar.ts";
import { Received, type RequestWatch } from "./oracle/received.ts";
import type { SchemaOracle } from "./oracle/schema-oracle.ts";
import type { Answer } from "./parts/answer.ts";
import type { HttpPart } from "./parts/http-part.ts";
import type { Parts } from "./parts/parts.ts";
import { isBusy, waitAsTold } from "./parts/wait-as-told.ts";

/** What cases of one operation are checked with. */
export interface CaseChecker {
  readonly operation: CheckedOperation;
  /** The operations of the same API. */
  readonly siblings: readonly CheckedOperation[];
  readonly oracle: SchemaOracle;
  readonly parts: Parts;
  readonly coverage: Coverage;
  readonly twins: TwinKeeper;
}

/** What came of a case. */
export interface CheckedCase {
  readonly disagreements: readonly Disagreement[];
  /** Whether the request was what the contract asks for. */
  readonly isServed: boolean;
  /** How often the platform was too busy (503), so that the case was sent again. */
  readonly repeated: number;
}

/** A platform under load may say that it is unavailable, and a day may end: then the case is sent again. */
const MAX_TRIES = 10;

/** Sends one request through validator, app and gateway, and holds all of them against the oracle. */
export async function checkCase(draft: Draft, checker: CaseChecker): Promise<CheckedCase> {
  for (let repeated = 0; ; repeated++) {
    const today = todayAnywhere(new Date());
    const { busy, ...checked } = await tryCase(draft, checker, today);
    const isSameDay = today === todayAnywhere(new Date());
    if ((!busy && isSameDay) || repeated === MAX_TRIES) return { ...checked, repeated };
    // Whether something was changed is not known.
    checker.twins.forget(draft.path.subject);
    if (busy) await waitAsTold(busy);
  }
}

/** What came of one try: `busy` is the answer that says that it does not count. */
type TriedCase = Omit<CheckedCase, "repeated"> & { readonly busy: Answer | undefined };

async function tryCase(draft: Draft, checker: CaseChecker, today: string): Promise<TriedCase> {
  const { operation, parts, coverage, twins } = checker;
  const twin = await twins.of(draft.path.subject);
  const [app, gateway] = [parts.app(operation.api), operation.internal ? null : parts.gateway(operation.api)];
  const [atApp, atGateway] = await Promise.all([
    resolveDraft(draft, operation, twin.app, app),
    gateway ? resolveDraft(draft, operation, twin.gateway, gateway) : null,
  ]);
  const received = receivedBy(checker, atApp, today);
  const judgement = judgeRequest(received);
  const [fromApp, fromGateway] = await Promise.all([
    judgement.expectation.by === "gateway" ? null : answerOf(app, atApp),
    gateway && atGateway ? answerOf(gateway, atGateway) : null,
  ]);
  const answers = { fromApp, fromGateway };
  const atOnce = checkParts(checker, received, judgement, answers);
  const isStored = judgement.expectation.id === "success" && atOnce.length === 0;
  const later =
    isStored && fromApp ? await checkReadBack(received, fromApp, checker.siblings, app, checker.oracle) : [];
  const disagreements = [...atOnce, ...later];
  const busy = [fromApp, fromGateway].find(isBusy);
  if (!busy) see(coverage, received, judgement, operation.internal ? fromApp : fromGateway);
  settle(twins, draft, operation, judgement, twin, { ...answers, isWrong: disagreements.length > 0 });
  return { disagreements, busy, isServed: judgement.expectation.id === "success" };
}

function receivedBy(
  { operation, oracle, coverage }: CaseChecker,
  resolved: Resolved,
  today: string,
): Received {
  const watch: RequestWatch = (part, name, held) => coverage.seeRule(part, name, held);
  return new Received({ operation, today, ...resolved }, oracle, coverage.isComplete ? undefined : watch);
}

interface Answers {
  readonly fromApp: Answer | null;
  readonly fromGateway: Answer | null;
}

function checkParts(
  { operation, oracle, parts }: CaseChecker,
  received: Received,
  judgement: Judgement,
  { fromApp, fromGateway }: Answers,
): Disagreement[] {
  return [
    ...(isJudgedBySchema(judgement) ? checkValidator(parts.definition(operation), received) : []),
    ...(fromApp ? checkApp(received, judgement, fromApp, oracle) : []),
    ...(fromGateway ? checkGateway(received, judgement, fromApp, fromGateway, oracle) : []),
  ];
}

/** What happens instead of an answer is told by its code alone. */
async function answerOf(part: HttpPart, { sent }: Resolved): Promise<Answer> {
  try {
    return await part.send(sent);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
    return { status: 0, headers: {}, text: code, body: undefined };
  }
}

function checkApp(
  received: Received,
  judgement: Judgement,
  answer: Answer,
  oracle: SchemaOracle,
): Disagreement[] {
  const conduct = checkAnswer(received, judgement, answer, "handler-validator");
  // PECULIARITIES["host-without-words"]
  if (judgement.expectation.by === "host" && isWithoutWords(answer)) return conduct;
  const isServed = judgement.expectation.id === "success" && conduct.length === 0;
  const content = isServed
    ? [checkEcho, checkPage, checkExport].flatMap((check) => check(received, answer))
    : [];
  return [...conduct, ...content, ...checkContract(received, answer, "app", oracle)];
}

function checkGateway(
  received: Received,
  judgement: Judgement,
  app: Answer | null,
  gateway: Answer,
  oracle: SchemaOracle,
): Disagreement[] {
  const conduct = app
    ? compareAnswers(received.operation, app, gateway)
    : checkAnswer(received, judgement, gateway, "gateway-handler");
  return [...conduct, ...checkContract(received, gateway, "gateway", oracle)];
}

function see(
  coverage: Coverage,
  received: Received,
  { expectation }: Judgement,
  answer: Answer | null,
): void {
  coverage.seeExpectation(expectation);
  if (answer) coverage.seeAnswer(answer);
  if (expectation.by === "app" && !coverage.isComplete) coverage.seeParameters(received);
}

/** Keeps up with what was done to the twins; when that is not sure, they are made anew. */
function settle(
  twins: TwinKeeper,
  draft: Draft,
  operation: CheckedOperation,
  { expectation }: Judgement,
  { app, gateway }: Twins,
  { fromApp, fromGateway, isWrong }: Answers & { readonly isWrong: boolean },
): void {
  const isGone = expectation.id === "success" && operation.method === "DELETE";
  if (isGone || isWrong) twins.forget(draft.path.subject);
  if (expectation.id !== "success") return;
  keepTag(app, fromApp);
  keepTag(gateway, fromGateway);
}

function keepTag(fixture: Fixture, answer: Answer | null): void {
  if (answer?.headers.etag !== undefined) fixture.etag = answer.headers.etag;
}
