import { describeLimit, isAsLenient, readCallLimits, type CallLimit } from "./call-limits.ts";
import { blame, blameLost, tellPolicy, type PolicyContext } from "./policy-context.ts";
import type { Statement } from "./statement.ts";

/**
 * Compares how much partners may call. A limit that nothing before implied is stricter; one that is implied no more is
 * looser.
 * @returns the statements whose numbers cannot be read
 */
export function compareCallLimits(
  before: readonly Statement[],
  after: readonly Statement[],
  context: PolicyContext,
): { readonly before: readonly Statement[]; readonly after: readonly Statement[] } {
  const old = before.flatMap((statement) => readCallLimits(statement) ?? []);
  const now = after.flatMap((statement) => readCallLimits(statement) ?? []);
  const stricter = now.filter((limit) => !old.some((known) => isAsLenient(limit, known)));
  for (const limit of stricter) tellStricter(limit, counterpart(limit, old, now), context);
  const told = stricter.map((limit) => counterpart(limit, old, now));
  const looser = old.filter(
    (limit) => !now.some((other) => isAsLenient(limit, other)) && !told.includes(limit),
  );
  for (const limit of looser) tellLooser(limit, counterpart(limit, now, old), context);
  for (const limit of now) {
    const known = counterpart(limit, old, now);
    if (known) compareLimitHeaders(known.statement, limit.statement, context);
  }
  const isUnread = (statement: Statement): boolean => readCallLimits(statement) === undefined;
  return { before: before.filter(isUnread), after: after.filter(isUnread) };
}

/** The limit of the other side that one took the place of: of its kind, in its scope, with the same number among those. */
function counterpart(
  limit: CallLimit,
  others: readonly CallLimit[],
  own: readonly CallLimit[],
): CallLimit | undefined {
  const isAlike = (other: CallLimit): boolean =>
    other.kind === limit.kind && other.statement.scope === limit.statement.scope;
  const index = own.filter(isAlike).indexOf(limit);
  return others.filter(isAlike)[index];
}

function tellStricter(limit: CallLimit, before: CallLimit | undefined, context: PolicyContext): void {
  const was = before ? `, it was ${describeLimit(before)}` : ", there was no such limit";
  tellPolicy(context, blame(limit.statement, before?.statement, context), limit.rule, {
    message: `${limit.statement.element.name} of ${describeLimit(limit)}${was}: refuses calls that were let through`,
    news: `at most ${describeLimit(limit)}${was}`,
  });
}

function tellLooser(limit: CallLimit, after: CallLimit | undefined, context: PolicyContext): void {
  const is = after
    ? `at most ${describeLimit(after)}, it was ${describeLimit(limit)}`
    : `no limit of ${describeLimit(limit)} any more`;
  const place = after
    ? blame(after.statement, limit.statement, context)
    : blameLost(limit.statement, context);
  tellPolicy(context, place, "compatible/policy-loosened", {
    message: `${limit.statement.element.name}: ${is}`,
    news: is,
  });
}

/** Attributes that name a header of the answer, and what it is called without them ("rate-limit policy"). */
const HEADERS: Readonly<Record<string, string>> = {
  "retry-after-header-name": "Retry-After",
  "remaining-calls-header-name": "",
  "total-calls-header-name": "",
};

/** What the answers tell of a limit. */
function compareLimitHeaders(before: Statement, after: Statement, context: PolicyContext): void {
  for (const [attribute, byDefault] of Object.entries(HEADERS)) {
    const [was, is] = [before, after].map(({ element }) => element.attributes[attribute] ?? byDefault);
    if (was === undefined || is === undefined || was.toLowerCase() === is.toLowerCase()) continue;
    const now = is === "" ? "is gone" : `is called ${is} now`;
    const text = was === "" ? `the header ${is} is new` : `the header ${was} ${now}`;
    const rule = was === "" ? "compatible/response-header-added" : "breaking/response-header-removed";
    tellPolicy(context, blame(after, before, context), rule, { message: text, news: text });
  }
}
