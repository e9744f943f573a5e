/** Why nothing can be said of an export: wrong arguments, what cannot be read, a download that broke off. */
export class UnjudgedError extends Error {
  override readonly name = "UnjudgedError";
}

/** Wrong arguments. Its message says what is expected. */
export class UsageError extends UnjudgedError {}

/** What an error says, for a person; system errors say their code and the path. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
