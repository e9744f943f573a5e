import type { Vault } from "../rotation/vault.ts";

/** The subscriptions that the smoke journey calls with, and in which variables it reads their keys. */
export const SMOKE_KEYS = {
  partner: { subscription: "smoke-partner", variable: "SPECIMEN_PARTNER_KEY" },
  auditor: { subscription: "smoke-auditor", variable: "SPECIMEN_AUDITOR_KEY" },
} as const;

/**
 * The keys of the smoke journey's subscriptions by variable, from the vault, where `npm run rotate-keys` puts them.
 * @throws when there is none: the subscription was not made yet
 */
export async function smokeKeys(vault: Pick<Vault, "secret">): Promise<Record<string, string>> {
  const keys = Object.values(SMOKE_KEYS).map(async ({ subscription, variable }) => {
    const secret = await vault.secret(`subscription-${subscription}`);
    if (secret) return [variable, secret.value] as const;
    throw new Error(
      `The vault has no subscription-${subscription}. Make the subscription ${subscription} and rotate its key: docs/deploy.md, “Subscriptions”`,
    );
  });
  return Object.fromEntries(await Promise.all(keys));
}
