import { apiPolicy, GLOBAL_POLICY, operationPolicy, productPolicy } from "../emit/emit-policies.ts";
import { ContractError, type Position } from "../finding.ts";
import type { Sources } from "../load/sources.ts";
import type { PlatformModel } from "../model/model.ts";
import type { ApiPolicyDocuments } from "../policies/policy-documents.ts";
import { parseXml, type XmlElement } from "../policies/xml.ts";
import { changedElement, type ChangedElement } from "./changed-element.ts";
import type { ChangedPlace } from "./changed-place.ts";
import { parameterPlace } from "./parameter-place.ts";

const FRAGMENTS = "apim-policies/fragments/";

/**
 * The first place of each policy document whose XML says something else than what was generated.
 * @param generated what `generated/` holds at a path; `undefined` for what was not generated
 */
export function policyPlaces(
  model: PlatformModel,
  sources: Sources,
  generated: (path: string) => string | undefined,
): ChangedPlace[] {
  return documentsOf(model).flatMap(({ path, root, replaced }) => {
    const text = generated(path);
    const before = text === undefined ? undefined : readXml(path, text);
    const changed = before && changedElement(before, root);
    return changed ? [{ at: placeOf(changed, sources), undone: () => replaced(before) }] : [];
  });
}

interface Document {
  /** Relative to `generated/`. */
  readonly path: string;
  readonly root: XmlElement;
  /** The model with another document in its place. */
  readonly replaced: (root: XmlElement) => PlatformModel;
}

function documentsOf(model: PlatformModel): Document[] {
  const { policies } = model;
  const global = (root: XmlElement) => ({ ...model, policies: { ...policies, global: root } });
  return [
    { path: GLOBAL_POLICY, root: policies.global, replaced: global },
    ...model.products.map(({ id, policy }) => ({
      path: productPolicy(id),
      root: policy.root,
      replaced: (root: XmlElement) => withProduct(model, id, root),
    })),
    ...[...policies.apis].flatMap(([name, { api, operations }]) => [
      {
        path: apiPolicy(name),
        root: api,
        replaced: (root: XmlElement) => withApi(model, name, { api: root }),
      },
      ...[...operations].map(([id, document]) => ({
        path: operationPolicy(name, id),
        root: document,
        replaced: (root: XmlElement) =>
          withApi(model, name, { operations: new Map(operations).set(id, root) }),
      })),
    ]),
  ];
}

function withProduct(model: PlatformModel, id: string, root: XmlElement): PlatformModel {
  return {
    ...model,
    products: model.products.map((one) =>
      one.id === id ? { ...one, policy: { ...one.policy, root } } : one,
    ),
    policies: { ...model.policies, products: new Map(model.policies.products).set(id, root) },
  };
}

function withApi(model: PlatformModel, name: string, change: Partial<ApiPolicyDocuments>): PlatformModel {
  const { policies } = model;
  const documents = policies.apis.get(name);
  if (!documents) return model;
  return {
    ...model,
    policies: { ...policies, apis: new Map(policies.apis).set(name, { ...documents, ...change }) },
  };
}

function placeOf(changed: ChangedElement, sources: Sources): Position {
  const { at } = changed.after;
  if (!at.file.startsWith(FRAGMENTS)) return at;
  return parameterPlace(changed, parseXml(at.file, sources.text(at.file))) ?? at;
}

/** Without a ledger, what is there may be anything. */
function readXml(path: string, text: string): XmlElement | undefined {
  try {
    return parseXml(`generated/${path}`, text);
  } catch (error) {
    if (error instanceof ContractError) return undefined;
    throw error;
  }
}
