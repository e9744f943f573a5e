import { ClrValue } from "../runtime/clr-value.ts";
import { spendSize } from "../runtime/evaluation.ts";
import { raise } from "../runtime/thrown.ts";
import { DeadlineExceeded, runWithDeadline } from "./run-with-deadline.ts";
import { translatePattern, type PatternOptions, type TranslatedPattern } from "./translate-pattern.ts";

/** Milliseconds that a pattern without a timeout of its own may take; .NET would let it run for ever. */
const DEFAULT_TIMEOUT = 2000;
const REMEMBERED = 200;

/** One group of a match. */
export interface FoundGroup {
  readonly name: string;
  /** Null when the group took no part in the match. */
  readonly value: string | null;
  readonly index: number;
}

/** A match: its groups in .NET's order, the whole match first. */
export interface FoundMatch {
  readonly input: string;
  readonly groups: readonly [FoundGroup, ...FoundGroup[]];
}

/** `System.Text.RegularExpressions.Regex`. */
export class Regex extends ClrValue {
  readonly typeName = "System.Text.RegularExpressions.Regex";
  readonly pattern: string;
  private readonly translated: TranslatedPattern;
  private readonly expression: RegExp;
  private readonly timeout: number;

  private constructor(pattern: string, translated: TranslatedPattern, timeout: number | null) {
    super();
    this.pattern = pattern;
    this.translated = translated;
    this.expression = compile(pattern, translated.source);
    this.timeout = timeout ?? DEFAULT_TIMEOUT;
  }

  /** @param flags the value of RegexOptions @param timeout in milliseconds; null for none of its own */
  static of(pattern: string, flags: number, timeout: number | null): Regex {
    const key = JSON.stringify([pattern, flags, timeout]);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const regex = new Regex(pattern, translatePattern(pattern, optionsOf(flags)), timeout);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, regex);
    return regex;
  }

  override text(): string {
    return this.pattern;
  }

  /** The first match at or after an offset. */
  find(input: string, start: number): FoundMatch | null {
    spendSize(start === 0 ? input.length : 1);
    const { expression } = this;
    const exec = () => {
      expression.lastIndex = start;
      return expression.exec(input);
    };
    const found = this.translated.isRisky ? this.guarded(exec) : exec();
    return found === null ? null : this.toMatch(found, input);
  }

  /** All matches from left to right. */
  *findAll(input: string): Generator<FoundMatch, void> {
    let start = 0;
    while (start <= input.length) {
      const match = this.find(input, start);
      if (match === null) return;
      yield match;
      const [{ index, value }] = match.groups;
      start = index + Math.max(value?.length ?? 0, 1);
    }
  }

  private guarded<T>(exec: () => T): T {
    try {
      return runWithDeadline(exec, this.timeout);
    } catch (error) {
      if (!(error instanceof DeadlineExceeded)) throw error;
      return raise(
        "RegexMatchTimeoutException",
        "The RegEx engine has timed out while trying to match a pattern to an input string.",
      );
    }
  }

  private toMatch(found: RegExpExecArray, input: string): FoundMatch {
    const whole: FoundGroup = { name: "0", value: found[0], index: found.index };
    const groups = this.translated.groups.map(({ name, javascript }) => ({
      name,
      value: found[javascript] ?? null,
      index: found.indices?.[javascript]?.[0] ?? 0,
    }));
    return { input, groups: [whole, ...groups] };
  }
}

const remembered = new Map<string, Regex>();

function compile(pattern: string, source: string): RegExp {
  try {
    return new RegExp(source, "dgv");
  } catch (error) {
    const problem = error instanceof Error ? error.message.replace(/^.*: /s, "") : "";
    return raise("ArgumentException", `parsing "${pattern}" - ${problem}.`);
  }
}

function optionsOf(flags: number): PatternOptions {
  const has = (flag: number) => (flags & flag) !== 0;
  return {
    ignoreCase: has(1),
    multiline: has(2),
    explicitCapture: has(4),
    singleline: has(16),
    ignoreWhitespace: has(32),
  };
}
