/** A setting that is missing or unusable. It stops the start; its message names the setting and what is expected. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** Reads settings of the app from its environment, each checked. */
export interface SettingReader {
  /** @throws {ConfigurationError} when the setting is absent or empty. */
  text(name: string, expected: string): string;
  /** What is set, if anything. */
  optional(name: string): string | undefined;
  /** The address of a server, an http(s) URL without a path; no slash at its end. @throws {ConfigurationError} */
  url(name: string): string;
  /** A whole number from `minimum` up; `fallback` when the setting is absent. @throws {ConfigurationError} */
  integer(name: string, fallback: number, minimum?: number): number;
  /** A share, from 0 to 1; `fallback` when the setting is absent. @throws {ConfigurationError} */
  share(name: string, fallback: number): number;
  /** One of `values`; `fallback` when the setting is absent. @throws {ConfigurationError} */
  choice<const Value extends string>(name: string, values: readonly Value[], fallback: Value): Value;
}

/** @param environment where settings come from, `process.env` in production. */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): SettingReader {
  const read = (name: string) => environment[name]?.trim() ?? "";
  return {
    text(name, expected) {
      return read(name) || refuse(name, "", expected);
    },
    optional: (name) => read(name) || undefined,
    url(name) {
      const value = read(name);
      const url = URL.canParse(value) ? new URL(value) : null;
      const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
      return isHttp && url.href === `${url.origin}/`
        ? url.origin
        : refuse(name, value, "an absolute http or https URL without a path");
    },
    integer(name, fallback, minimum = 0) {
      const value = read(name);
      if (value === "") return fallback;
      const number = Number(value);
      return Number.isSafeInteger(number) && number >= minimum
        ? number
        : refuse(name, value, `a whole number, ${minimum} or more`);
    },
    share(name, fallback) {
      const value = read(name);
      if (value === "") return fallback;
      return /^(?:0|1|0?\.\d+|[01]\.0+)$/.test(value)
        ? Number(value)
        : refuse(name, value, "a share between 0 (none) and 1 (all), such as 0.1");
    },
    choice(name, values, fallback) {
      const value = read(name) || fallback;
      return values.find((one) => one === value) ?? refuse(name, value, `one of ${values.join(", ")}`);
    },
  };
}

function refuse(name: string, value: string, expected: string): never {
  const found = value === "" ? "is not set" : `is "${value}"`;
  throw new ConfigurationError(`Setting ${name} ${found}; expected ${expected}.`);
}
