import type { Manifest, ManifestApi, ManifestGateway } from "../model/manifest.ts";
import type { ApiModel, GatewayModel, PlatformModel } from "../model/model.ts";
import { namedValuesOf } from "../policies/named-values.ts";
import type { PolicyDocuments } from "../policies/policy-documents.ts";
import type { XmlElement } from "../policies/xml.ts";
import { ALL_SOURCES, plainArtefact, POLICY_FOLDER, type Artefact } from "./artefact.ts";
import { documentPath } from "./emit-document.ts";
import { apiPolicy, GLOBAL_POLICY, operationPolicy, productPolicy } from "./emit-policies.ts";
import { headline, jsonFile } from "./output.ts";
import { urlTemplate } from "./url-template.ts";

/** The API that keeps the register: it records its own accesses itself. */
const REGISTER = "audit";

/** `manifest.json`. */
export function emitManifest({ apis, products, policies }: PlatformModel): Artefact[] {
  const published = apis.filter(({ gateway }) => gateway);
  const manifest: Manifest = {
    apis: apis.map((api) => describeApi(api, policies)),
    globalPolicy: GLOBAL_POLICY,
    products: products.map(({ id }) => ({
      id,
      apis: published.filter(({ gateway }) => gateway?.products.includes(id)).map(({ name }) => name),
      policy: productPolicy(id),
    })),
    namedValues: namedValuesOf(allDocuments(policies)),
    backends: published.map(({ name }) => ({ id: name, api: name })),
    identities: [
      ...apis.map((api) => ({ name: identityOf(api), secrets: secretsOf(api), keys: keysOf(api) })),
      {
        name: "gateway",
        keys: [],
        secrets: published.flatMap(({ gateway }) => (gateway ? [gateway.backendKey.secret] : [])),
      },
    ],
  };
  const $comment = headline([...apis.map(({ files }) => files[0]), POLICY_FOLDER]);
  return [plainArtefact(jsonFile("manifest.json", { $comment, ...manifest }), ALL_SOURCES)];
}

/** Every policy document, whatever its scope. */
export function allDocuments({ global, products, apis }: PolicyDocuments): XmlElement[] {
  const ofApis = [...apis.values()].flatMap(({ api, operations }) => [api, ...operations.values()]);
  return [global, ...products.values(), ...ofApis];
}

function describeApi(api: ApiModel, policies: PolicyDocuments): ManifestApi {
  const { name, title, version, operations, gateway } = api;
  return {
    name,
    title,
    version,
    document: documentPath(name),
    app: {
      bundle: `.build/apps/${name}/index.cjs`,
      entry: `handlers/${name}/index.ts`,
      hostJson: `${name}/host.json`,
      settings: settingsOf(api),
      identity: identityOf(api),
    },
    operations: operations.map(({ operationId, method, path, internal, audit }) => ({
      operationId,
      method,
      path,
      internal,
      audited: audit !== null,
    })),
    gateway: gateway && describeGateway(api, gateway, policies),
  };
}

function describeGateway(
  { name, operations }: ApiModel,
  gateway: GatewayModel,
  policies: PolicyDocuments,
): ManifestGateway {
  const bound = policies.apis.get(name)?.operations;
  return {
    path: gateway.path,
    backend: name,
    products: gateway.products,
    // What `security` asks for: the model refuses an operation that asks for anything else.
    subscriptionRequired: true,
    import: `apim/apis/${name}/import.json`,
    policy: apiPolicy(name),
    operations: operations
      .filter(({ internal }) => !internal)
      .map(({ operationId, method, path }) => ({
        operationId,
        method,
        urlTemplate: urlTemplate(path, gateway),
        policy: bound?.has(operationId) ? operationPolicy(name, operationId) : null,
      })),
    backendKey: gateway.backendKey,
  };
}

function identityOf({ name }: ApiModel): string {
  return `${name}-app`;
}

function settingsOf(api: ApiModel): string[] {
  return [
    "KEY_VAULT_URL",
    "MONGODB_DATABASE",
    ...(callsRegister(api) ? ["AUDIT_URL"] : []),
    ...(isRegister(api) ? ["CHECKPOINT_STORAGE_URL"] : []),
  ];
}

function secretsOf(api: ApiModel): string[] {
  return [
    `${api.name}-mongodb-uri`,
    `${api.name}-hash-key`,
    ...(callsRegister(api) ? [`${REGISTER}-host-key`] : []),
    ...(isRegister(api) ? [`${REGISTER}-subject-key`] : []),
  ];
}

function keysOf(api: ApiModel): string[] {
  return isRegister(api) ? [`${REGISTER}-signing-key`] : [];
}

function isRegister({ name }: ApiModel): boolean {
  return name === REGISTER;
}

function callsRegister({ name, operations }: ApiModel): boolean {
  return name !== REGISTER && operations.some(({ audit }) => audit !== null);
}
