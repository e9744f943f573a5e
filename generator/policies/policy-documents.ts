import type { Position } from "../finding.ts";
import type { ApiModel, PolicySource, PolicyUse, ProductModel } from "../model/model.ts";
import { composePolicy } from "./compose-policy.ts";
import { expandFragments } from "./expand-fragment.ts";
import type { Fragment } from "./load-fragments.ts";
import type { XmlElement } from "./xml.ts";

/** The policy documents of every scope, as the gateway gets them. */
export interface PolicyDocuments {
  readonly global: XmlElement;
  readonly products: ReadonlyMap<string, XmlElement>;
  /** By API name; only published ones. */
  readonly apis: ReadonlyMap<string, ApiPolicyDocuments>;
}

export interface ApiPolicyDocuments {
  readonly api: XmlElement;
  /** By operationId; only operations that bind something. */
  readonly operations: ReadonlyMap<string, XmlElement>;
}

/**
 * Expands what the contracts bind into policy documents. Every published API also gets `backend-key` and `forward`,
 * last: what is refused by then costs no call to the vault.
 * @param originOf where the API is declared, for findings about what the generator binds itself
 */
export function buildPolicyDocuments(
  apis: readonly ApiModel[],
  sources: { readonly global: PolicySource; readonly products: readonly ProductModel[] },
  fragments: ReadonlyMap<string, Fragment>,
  originOf: (api: ApiModel) => Position,
): PolicyDocuments {
  return {
    global: sources.global.root,
    products: new Map(sources.products.map(({ id, policy }) => [id, policy.root])),
    apis: new Map(
      apis.filter(({ gateway }) => gateway).map((api) => [api.name, ofApi(api, fragments, originOf(api))]),
    ),
  };
}

function ofApi(api: ApiModel, fragments: ReadonlyMap<string, Fragment>, at: Position): ApiPolicyDocuments {
  const document = (uses: readonly PolicyUse[]): XmlElement =>
    composePolicy(expandFragments(uses, fragments));
  const bound = api.operations.filter(({ internal, policies }) => !internal && policies.length > 0);
  return {
    api: document([...api.policies, ...toApp(api, at)]),
    operations: new Map(bound.map(({ operationId, policies }) => [operationId, document(policies)])),
  };
}

function toApp({ name, gateway }: ApiModel, at: Position): PolicyUse[] {
  if (!gateway) return [];
  return [
    { fragment: "backend-key", parameters: { secret: gateway.backendKey.secret, backend: name }, at },
    { fragment: "forward", parameters: {}, at },
  ];
}
