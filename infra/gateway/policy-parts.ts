import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend/index.js";
import { ApiManagementNamedValue } from "@cdktf/provider-azurerm/lib/api-management-named-value/index.js";
import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management/index.js";
import { Fn } from "cdktf";
import type { ITerraformDependable, TerraformStack } from "cdktf";
import type { Manifest } from "../manifest.ts";
import type { FoundationParts, ServicesParts } from "../parts.ts";
import { within } from "./gateway-scope.ts";
import type { GatewayOptions } from "./gateway.ts";
import { policyText } from "./policy-text.ts";

/** The named values and backends, and the policies that name them. */
export interface PolicyParts {
  /**
   * The arguments of a policy resource. It waits for what its document names: API Management refuses a policy of which a part
   * is not there yet.
   * @param path of the document, relative to `generated/`
   * @throws when it names what there is not
   */
  readonly policy: (path: string) => { xmlContent: string; dependsOn: ITerraformDependable[] };
}

/** Makes what policies name: the environment's settings, addresses, and a backend for each app. None of it is a secret. */
export function createPolicyParts(
  stack: TerraformStack,
  service: ApiManagement,
  { environment, manifest, generatedDirectory, foundation, services }: GatewayOptions,
): PolicyParts {
  const settings: Readonly<Record<string, string>> = { ...environment.namedValues };
  const namedValues = new Map(
    manifest.namedValues.map(({ name, kind }) => {
      const value = kind === "setting" ? settings[name] : ADDRESSES[name]?.(foundation);
      if (value === undefined) throw new Error(missing(name, kind, environment.name));
      return [name, namedValue(name, value)];
    }),
  );
  const backends = new Map(
    manifest.backends.map(({ id, api }) => [id, backend(id, addressOf(api, manifest, services))]),
  );
  return {
    policy(path) {
      const text = policyText(generatedDirectory, path);
      const dependsOn = [
        ...text.namedValues.map((name) => found(namedValues, name, `${path}: {{${name}}} is no named value`)),
        ...text.backends.map((id) => found(backends, id, `${path}: there is no backend "${id}"`)),
      ];
      return { xmlContent: text.content, dependsOn };
    },
  };

  function namedValue(name: string, value: string): ApiManagementNamedValue {
    return new ApiManagementNamedValue(stack, `named-value-${name}`, {
      ...within(service),
      name,
      displayName: name,
      value,
      secret: false,
    });
  }

  function backend(id: string, url: string): ApiManagementBackend {
    return new ApiManagementBackend(stack, `backend-${id}`, {
      ...within(service),
      name: id,
      protocol: "http",
      url,
      tls: { validateCertificateChain: true, validateCertificateName: true },
    });
  }
}

/** The named values that the infrastructure knows. Policies add a path to them. */
const ADDRESSES: Readonly<Record<string, (foundation: FoundationParts) => string>> = {
  "key-vault-url": ({ vault }) => Fn.trimsuffix(vault.uri, "/"),
};

function missing(name: string, kind: "setting" | "address", environment: string): string {
  return kind === "setting"
    ? `environments/${environment}.ts has no named value "${name}", which a policy uses`
    : `infra/gateway/policy-parts.ts knows no address for the named value "${name}"`;
}

/** API Management strips an API's path before it forwards, and function routes are the contract's: the backend bears the path. */
function addressOf(api: string, { apis }: Manifest, services: ServicesParts): string {
  const path = apis.find(({ name }) => name === api)?.gateway?.path;
  if (path === undefined) throw new Error(`The manifest's backend of "${api}" leads to no published API.`);
  return `https://${services.app(api).hostname}/${path}`;
}

function found<T>(parts: ReadonlyMap<string, T>, name: string, fault: string): T {
  const part = parts.get(name);
  if (part === undefined) throw new Error(fault);
  return part;
}
