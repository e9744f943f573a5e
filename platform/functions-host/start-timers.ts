import { randomUUID } from "node:crypto";

import type { TimerFunction } from "./app-functions.ts";
import { describeError } from "./describe-error.ts";
import { createInvocationLog, type InvokerContext } from "./invoker.ts";
import { parseSchedule, type Schedule } from "./ncrontab.ts";
import { runHandler } from "./run-handler.ts";
import { createTraceContext } from "./trace-context.ts";

/** The time, and a way to wait for it. */
export interface TimerClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after a delay in milliseconds; the result cancels. */
  after(delay: number, callback: () => void): () => void;
}

/** The timer functions of a running host. */
export interface Timers {
  /**
   * Starts a run at once, beside the schedule and whatever runs: Azure does not hold it back either.
   *
   * @param name compared without regard to case
   * @returns `false` when no timer function has the name
   */
  run(name: string): boolean;
  /** Starts no further run; resolves when the runs under way are done. */
  stop(): Promise<void>;
}

/**
 * Runs an app's timer functions on their schedules, each at most once at a time. A run that fails is logged and the
 * schedule goes on, as in Azure.
 *
 * @throws Error naming the function whose schedule cannot be used
 */
export function startTimers(
  functions: readonly TimerFunction[],
  context: InvokerContext,
  clock: TimerClock,
): Timers {
  const timers = new Map(
    functions.map((each) => [each.name.toLowerCase(), startTimer(each, scheduleOf(each), context, clock)]),
  );
  return {
    run(name) {
      const timer = timers.get(name.toLowerCase());
      timer?.run();
      return timer !== undefined;
    },
    async stop() {
      await Promise.all([...timers.values()].map((timer) => timer.stop()));
    },
  };
}

interface Timer {
  run(): void;
  stop(): Promise<unknown>;
}

/** `setTimeout` cannot wait longer than this. */
const LONGEST_DELAY = 2 ** 31 - 1;

function scheduleOf({ name, schedule }: TimerFunction): Schedule {
  try {
    return parseSchedule(schedule.replaceAll(/%([^%]+)%/g, (_, setting: string) => settingOf(setting)));
  } catch (error) {
    throw new Error(`function "${name}": ${error instanceof Error ? error.message : "bad schedule"}`, {
      cause: error,
    });
  }
}

function settingOf(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the app setting ${name}, which the schedule names, is not set`);
  return value;
}

function startTimer(
  entry: TimerFunction,
  schedule: Schedule,
  context: InvokerContext,
  clock: TimerClock,
): Timer {
  let last = clock.now();
  let next = last;
  let cancel = (): void => undefined;
  let run = Promise.resolve();
  const runsByHand = new Set<Promise<void>>();
  let isStopped = false;

  const wait = (): void => {
    const delay = next - clock.now();
    cancel = clock.after(Math.min(Math.max(delay, 0), LONGEST_DELAY), delay > LONGEST_DELAY ? wait : start);
  };
  const plan = (): void => {
    if (isStopped) return;
    next = schedule.next(Math.max(clock.now(), next));
    wait();
  };
  const start = (): void => {
    run = invokeTimer(entry, context, { last, next: schedule.next(next), now: clock.now() }).then(plan);
    last = next;
  };

  if (entry.runOnStartup) start();
  else plan();
  return {
    run() {
      const now = clock.now();
      const byHand = invokeTimer(entry, context, { last, next: schedule.next(now), now }).finally(() =>
        runsByHand.delete(byHand),
      );
      runsByHand.add(byHand);
    },
    stop() {
      isStopped = true;
      cancel();
      return Promise.all([run, ...runsByHand]);
    },
  };
}

async function invokeTimer(
  entry: TimerFunction,
  context: InvokerContext,
  times: { last: number; next: number; now: number },
): Promise<void> {
  try {
    const invocation = createTimerInvocation(entry, context, times);
    const model = context.model.getInvocationModel(invocation);
    const { context: invocationContext, inputs } = await model.getArguments();
    const invoke = (actual: unknown[], callback: TimerFunction["callback"]) =>
      model.invokeFunction(invocationContext, actual, callback);
    const call = { context: invocationContext, inputs, callback: entry.callback, invoke };
    await runHandler(call, context.core.hooks, context.appHookData);
  } catch (error) {
    context.log.write("error", "system", `failed with ${describeError(error)}`, entry.name);
  }
}

function createTimerInvocation(
  entry: TimerFunction,
  context: InvokerContext,
  { last, next, now }: { last: number; next: number; now: number },
) {
  const invocationId = randomUUID();
  const iso = (time: number) => new Date(time).toISOString();
  const status = { Last: iso(last), Next: iso(next), LastUpdated: iso(now) };
  const json = JSON.stringify({ Schedule: { AdjustForDST: true }, ScheduleStatus: status, IsPastDue: false });
  return {
    invocationId,
    metadata: entry.metadata,
    request: {
      invocationId,
      functionId: entry.name,
      inputData: [{ name: entry.trigger, data: { json } }],
      traceContext: createTraceContext(undefined, ""),
      triggerMetadata: {},
    },
    log: createInvocationLog(context, entry.name),
  };
}
