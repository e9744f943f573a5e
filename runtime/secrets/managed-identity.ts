/** The scope of tokens for Key Vault. */
export const VAULT_SCOPE = "https://vault.azure.net/.default";

/** The scope of tokens for Blob Storage. */
export const STORAGE_SCOPE = "https://storage.azure.com/.default";

/**
 * Gets tokens of a scope with the app's managed identity, the one that `clientId` names when it has several. @azure/identity is loaded at the first token, after the app has
 * been loaded: it takes longer to load than everything else together.
 */
export function managedIdentityToken(scope: string, clientId?: string): () => Promise<string> {
  let credential: Promise<{ getToken(scope: string): Promise<{ token: string }> }> | undefined;
  return async () => {
    credential ??= import("@azure/identity").then(
      ({ ManagedIdentityCredential }) =>
        new ManagedIdentityCredential(clientId === undefined ? {} : { clientId }),
    );
    const { token } = await (await credential).getToken(scope);
    return token;
  };
}
