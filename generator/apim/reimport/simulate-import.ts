import { operationName } from "../operation-name.ts";

/** An operation of an API in APIM, as far as an import touches it. */
export interface ApimOperation {
  /** Its Azure resource name. */
  readonly name: string;
  readonly displayName: string;
  /** Upper case. */
  readonly method: string;
  /** Relative to the API's path, `/{patientId}`. */
  readonly urlTemplate: string;
  /** True when a policy document of its own is attached to it. */
  readonly hasPolicy: boolean;
}

/** An operation of the document that is imported. */
export interface ImportedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly method: string;
  readonly urlTemplate: string;
}

/** What becomes of one operation. `T` is the caller's own operation. */
export type ImportStep<T> =
  /** Changed in place: it keeps its policy document, whatever its method and path are now. */
  | {
      readonly kind: "updated";
      readonly before: ApimOperation;
      readonly after: ApimOperation;
      readonly by: T;
    }
  /** Made anew, with the policy document of the operation that had its method and path, if one had. */
  | {
      readonly kind: "created";
      readonly after: ApimOperation;
      readonly by: T;
      readonly policyFrom: ApimOperation | null;
    }
  /** Gone, with its policy document. */
  | { readonly kind: "deleted"; readonly before: ApimOperation };

export interface ImportOutcome<T> {
  /** What the API has afterwards. */
  readonly operations: readonly ApimOperation[];
  readonly steps: readonly ImportStep<T>[];
}

/**
 * What APIM does when a document is imported into an API that exists ("Update an existing API via OpenAPI import" in
 * "API import restrictions and known issues"): it compares the normalised operationId with the names of the
 * operations it has. A match is updated in place. For one without, an operation is created, and the policies of an
 * operation with the same method and path template are copied to it. What nothing matches is deleted. With `existing`
 * empty it is a first import.
 *
 * A new operation is taken to be named after its operationId, as on a first import; the page names method and path
 * there, which can only hold for a document without operationIds, or the next import would not find what this one
 * made.
 */
export function simulateImport<T extends ImportedOperation>(
  existing: readonly ApimOperation[],
  document: readonly T[],
): ImportOutcome<T> {
  const byName = new Map(existing.map((operation) => [operation.name, operation]));
  const names = uniqueNames(document);
  const steps = document.map((by, index): ImportStep<T> => {
    const name = names[index] ?? "";
    const before = byName.get(name);
    return before ? update(before, by) : create(name, by, existing);
  });
  const kept = new Set(steps.flatMap((step) => (step.kind === "updated" ? [step.before] : [])));
  const deleted = existing.filter((operation) => !kept.has(operation));
  return {
    operations: steps.flatMap((step) => (step.kind === "deleted" ? [] : [step.after])),
    steps: [...steps, ...deleted.map((before) => ({ kind: "deleted" as const, before }))],
  };
}

/** Operations whose names are the same get `-1`, `-2`, …, `-999`. */
function uniqueNames(document: readonly ImportedOperation[]): string[] {
  const taken = new Set<string>();
  return document.map(({ operationId, method, urlTemplate }) => {
    const wish = operationName(operationId === "" ? `${method}-${urlTemplate}` : operationId);
    let name = wish;
    for (let count = 1; taken.has(name); count++) name = `${wish}-${count}`;
    taken.add(name);
    return name;
  });
}

function update<T extends ImportedOperation>(before: ApimOperation, by: T): ImportStep<T> {
  const after = { ...describe(before.name, by), hasPolicy: before.hasPolicy };
  return { kind: "updated", before, after, by };
}

function create<T extends ImportedOperation>(
  name: string,
  by: T,
  existing: readonly ApimOperation[],
): ImportStep<T> {
  const twin = existing.find((one) => one.method === by.method && one.urlTemplate === by.urlTemplate);
  const policyFrom = twin?.hasPolicy === true ? twin : null;
  return {
    kind: "created",
    after: { ...describe(name, by), hasPolicy: policyFrom !== null },
    by,
    policyFrom,
  };
}

function describe(name: string, by: ImportedOperation): Omit<ApimOperation, "hasPolicy"> {
  const { operationId, summary, method, urlTemplate } = by;
  return { name, displayName: summary === "" ? operationId : summary, method, urlTemplate };
}
