/**
 * Gets tokens for the vault with the app's managed identity. @azure/identity is loaded at the first token, after the app
 * has been loaded: it takes longer to load than everything else together.
 */
export function managedIdentityToken(): () => Promise<string> {
  let credential: Promise<{ getToken(scope: string): Promise<{ token: string }> }> | undefined;
  return async () => {
    credential ??= import("@azure/identity").then(
      ({ ManagedIdentityCredential }) => new ManagedIdentityCredential(),
    );
    const { token } = await (await credential).getToken("https://vault.azure.net/.default");
    return token;
  };
}
