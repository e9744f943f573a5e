import type { Failpoint } from "../../../../runtime/failpoint.ts";
import { seededRandom, type Random } from "../../tamper/random.ts";
import { OPERATIONS, type Operation } from "../client/make-request.ts";
import { FAILPOINT_KINDS, RANDOM_KINDS } from "./kinds.ts";
import type { FailpointKind, JobName, RandomKind, RegisterState } from "./kinds.ts";

/** One trial, as its seed and number make it. */
export interface Trial {
  readonly number: number;
  readonly kind: FailpointKind | RandomKind;
  /** The operation that is tried. */
  readonly operation: Operation;
  /** What is sent at once: several of the operation, and others. */
  readonly requests: readonly Operation[];
  readonly register: RegisterState;
  /** At which passing of the failpoint the kill comes. */
  readonly pass: number;
  /** When a random kill comes, in milliseconds after the requests. */
  readonly afterMs: number;
  /** Jobs that run meanwhile. */
  readonly jobs: readonly JobName[];
}

export interface PlanOptions {
  readonly trials: number;
  readonly seed: number;
  /** Only kills at this failpoint; `random` for those at none. */
  readonly failpoint?: Failpoint | "random";
  readonly operation?: Operation;
  /** As little as possible left to chance: failpoints in their order, one operation alone, at the first passing. */
  readonly plain?: boolean;
}

/** Databases take long to start again: they die in one block of these many. */
const DATABASES_EVERY = 4;

/** Trials in blocks, each of which has every kind once: the same for the same seed. */
export function* planTrials(options: PlanOptions): Generator<Trial, void, undefined> {
  const kinds = kindsOf(options);
  const quick = kinds.filter((kind) => !killsDatabase(kind));
  for (let number = 0, block = 0; number < options.trials; block++) {
    const random = seededRandom(options.seed * 1_000_003 + number);
    const isSlow = block % DATABASES_EVERY === 0 || quick.length === 0;
    for (const kind of orderOf(isSlow ? kinds : quick, random, options)) {
      if (number >= options.trials) return;
      yield trialOf(number, kind, options);
      number += 1;
    }
  }
}

export function isRandom(kind: Trial["kind"]): kind is RandomKind {
  return "victims" in kind;
}

/** What a table calls a kind. */
export function nameOf(kind: Trial["kind"]): string {
  if (isRandom(kind)) return `random: ${kind.victims.join(" + ")}`;
  const { failpoint, app, victim = app } = kind;
  return victim === app ? `${failpoint}: ${app}` : `${failpoint} of ${app}: ${victim}`;
}

type Kind = Trial["kind"];

function kindsOf({ failpoint, plain }: PlanOptions): readonly Kind[] {
  if (failpoint === "random") return RANDOM_KINDS;
  const kinds = FAILPOINT_KINDS.filter((kind) => failpoint === undefined || kind.failpoint === failpoint);
  if (plain === true) return kinds.filter((kind) => !killsDatabase(kind));
  return failpoint !== undefined ? kinds : [...kinds, ...RANDOM_KINDS];
}

/** Those that close what others have left open come last, so that nobody has to wait until it is old enough. */
function orderOf(kinds: readonly Kind[], random: Random, { plain }: PlanOptions): readonly Kind[] {
  if (plain === true) return kinds;
  const isClosing = (kind: Kind): boolean => !isRandom(kind) && kind.needs === "open-intent";
  const shuffled = kinds
    .filter((kind) => !isClosing(kind))
    .map((kind) => ({ kind, at: random.below(1_000_000) }))
    .sort((one, other) => one.at - other.at);
  return [...shuffled.map(({ kind }) => kind), ...kinds.filter(isClosing)];
}

function trialOf(number: number, kind: Kind, options: PlanOptions): Trial {
  const random = seededRandom(options.seed * 7_919 + number * 31);
  const operation =
    options.operation ?? random.pick(options.plain === true || isOfWrite(kind) ? WRITES : OPERATIONS);
  if (options.plain === true) return plainTrial(number, kind, operation);
  const [focus, others] = [2 + random.below(3), 2 + random.below(4)];
  return {
    ...{ number, kind, operation },
    requests: [...repeat(focus, () => operation), ...repeat(others, () => random.pick(OPERATIONS))],
    register: registerOf(kind, random),
    pass: !isRandom(kind) && kind.once === true ? 1 : 1 + random.below(4),
    afterMs: random.below(80),
    jobs: jobsOf(kind, random),
  };
}

function plainTrial(number: number, kind: Kind, operation: Operation): Trial {
  return {
    ...{ number, kind, operation, pass: 1, afterMs: 10 },
    requests: repeat(3, () => operation),
    register: isRandom(kind) ? "up" : kind.register,
    jobs: isRandom(kind) || kind.job === undefined ? [] : [kind.job],
  };
}

function registerOf(kind: Kind, random: Random): RegisterState {
  if (!isRandom(kind) && kind.register !== "any") return kind.register;
  return random.pick(["up", "up", "any", "down"] as const);
}

function jobsOf(kind: Kind, random: Random): JobName[] {
  if (!isRandom(kind) && kind.job !== undefined) return [kind.job];
  return random.chance(0.3) ? [random.pick(JOBS)] : [];
}

function killsDatabase(kind: Kind): boolean {
  const victims = isRandom(kind) ? kind.victims : [kind.victim ?? kind.app];
  return victims.some((victim) => victim.endsWith("-database"));
}

/** Only a write comes by there. */
function isOfWrite(kind: Kind): boolean {
  return !isRandom(kind) && (kind.failpoint === "before-write" || kind.failpoint === "after-write");
}

const WRITES: readonly Operation[] = [
  "createPatient",
  "updatePatient",
  "deletePatient",
  "createTest",
  "updateTest",
  "deleteTest",
];

const JOBS: readonly JobName[] = ["audit-relay", "audit-checkpoint", "audit-catch-up"];

function repeat<T>(times: number, make: () => T): T[] {
  return Array.from({ length: times }, make);
}
