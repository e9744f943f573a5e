import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment/index.js";
import type { Construct } from "constructs";
import type { AzureSettings } from "../generated/environment.ts";

/**
 * Every role that is granted, with what it is for: there are no others.
 * (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles)
 */
export const ROLES = {
  /** Reads one secret. On the secret. */
  "Key Vault Secrets User": "secret",
  /** Signs with one key, and reads its public half. On the key. */
  "Key Vault Crypto User": "key",
  /** Operators and the pipeline, who rotate secrets and must make versions of each: on the vault. */
  "Key Vault Secrets Officer": "vault",
  /** Operators and the pipeline, who rotate signing keys: on the vault. */
  "Key Vault Crypto Officer": "vault",
  /** An app's Functions host: locks of timers, the host's keys, the code. On its own storage account. */
  "Storage Blob Data Owner": "account",
  /** An app's Functions host, which looks at its queues even when it has none. On its own storage account. */
  "Storage Queue Data Contributor": "account",
  /** An app's Functions host, which writes diagnostic events. On its own storage account. */
  "Storage Table Data Contributor": "account",
  /** Who signs checkpoints publishes them, who deploys puts code: on the container. */
  "Storage Blob Data Contributor": "container",
  /** Operators, who compare the register with its published checkpoints: on the container. */
  "Storage Blob Data Reader": "container",
  /** What sends telemetry: on Application Insights. */
  "Monitoring Metrics Publisher": "insights",
  /** Operators and the pipeline, who make host and function keys: on the function app. */
  "Website Contributor": "app",
  /** Operators and the pipeline, who renew the keys of a database account: on the account. */
  "DocumentDB Account Contributor": "account",
} as const;

export interface Grant {
  readonly role: keyof typeof ROLES;
  readonly scope: string;
  readonly principalId: string;
  readonly principalType: "ServicePrincipal" | "Group";
}

/** Grants a role to exactly one principal on exactly one resource. */
export function grantRole(parent: Construct, id: string, grant: Grant): RoleAssignment {
  return new RoleAssignment(parent, id, {
    scope: grant.scope,
    roleDefinitionName: grant.role,
    principalId: grant.principalId,
    principalType: grant.principalType,
    // A principal that has just been made is not known everywhere yet.
    ...(grant.principalType === "ServicePrincipal" && { skipServicePrincipalAadCheck: true }),
  });
}

/**
 * Lets operators and the pipeline rotate something.
 * @param what in the plural: `secrets`
 */
export function grantRotation(
  parent: Construct,
  what: string,
  { operators, deployment }: AzureSettings,
  { role, scope }: Pick<Grant, "role" | "scope">,
): void {
  grantRole(parent, `operators-rotate-${what}`, {
    role,
    scope,
    principalId: operators.groupObjectId,
    principalType: "Group",
  });
  grantRole(parent, `deployment-rotates-${what}`, {
    role,
    scope,
    principalId: deployment.principalObjectId,
    principalType: "ServicePrincipal",
  });
}
