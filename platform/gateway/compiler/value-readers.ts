import { ConfigurationError } from "../configuration/configuration-error.ts";
import { toBoolean, toInteger, toText } from "../expressions/convert.ts";
import type { Reader } from "./compile-value.ts";

/** Text; an evaluator value as .NET's `ToString()` gives it, null as empty text. */
export const readText: Reader<string> = { literal: (text) => text, result: toText };

/** The evaluator value as it is; a literal is text. */
export const readRaw: Reader<unknown> = { literal: (text) => text, result: (result) => result };

/** A whole number that is not negative. */
export const readInteger: Reader<number> = {
  literal(text, where) {
    if (!/^\d{1,9}$/.test(text)) throw new ConfigurationError(where, `"${text}" is no whole number`);
    return Number(text);
  },
  result: toInteger,
};

/** `true` or `false`, in any case. */
export const readBoolean: Reader<boolean> = {
  literal(text, where) {
    const lower = text.toLowerCase();
    if (lower !== "true" && lower !== "false")
      throw new ConfigurationError(where, `"${text}" is neither true nor false`);
    return lower === "true";
  },
  result: toBoolean,
};

/** One of a list of words. @throws TypeError when an expression gives another */
export function readOption<Option extends string>(options: readonly Option[]): Reader<Option> {
  const find = (text: string): Option | undefined => options.find((option) => option === text);
  const expected = `expected ${options.join(", ")}`;
  return {
    literal(text, where) {
      const option = find(text);
      if (option === undefined) throw new ConfigurationError(where, `"${text}" is unknown; ${expected}`);
      return option;
    },
    result(result) {
      const option = find(toText(result));
      if (option === undefined) throw new TypeError(`a word that is unknown here; ${expected}`);
      return option;
    },
  };
}
