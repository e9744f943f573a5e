/** A secret that is read when it is needed. */
export interface Secret {
  /** The value, at most 30 s old. @throws {SecretUnavailableError} */
  value(): Promise<string>;
  /** The value as the vault holds it now: for the one retry after a refusal. @throws {SecretUnavailableError} */
  refresh(): Promise<string>;
}

/** Reads secrets by name. */
export interface SecretStore {
  secret(name: string): Secret;
}

/** A secret that cannot be read. Names the secret, never its value. */
export class SecretUnavailableError extends Error {
  override readonly name = "SecretUnavailableError";
}
