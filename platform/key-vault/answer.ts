/** What a route of the vault or of the identity endpoint answers with. */
export interface Answer {
  status: number;
  /** Written as JSON. */
  body: unknown;
  headers?: Record<string, string>;
}

/**
 * Key Vault's error body.
 *
 * @see https://learn.microsoft.com/azure/key-vault/general/rest-error-codes
 */
export function vaultError(status: number, code: string, message: string, innerCode?: string): Answer {
  const innererror = innerCode === undefined ? {} : { innererror: { code: innerCode } };
  return { status, body: { error: { code, message, ...innererror } } };
}
