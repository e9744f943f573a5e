/**
 * What keeps the gateway from starting: a document, the manifest or a setting that it cannot execute faithfully. The message
 * names the place (`file:line`), what was read and what is expected.
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  /** @param where `file` or `file:line`; @param problem what is wrong there, and what is expected */
  constructor(where: string, problem: string) {
    super(`${where}: ${problem}`);
  }
}
