import type { Position } from "../finding.ts";

/** Something of a contract that APIM does not see, where it is written, and what stands for it instead. */
export interface Loss {
  readonly at: Position;
  /**
   * The place in the bundled contract, whatever the line: `listBeds/responses/200/links`,
   * `components/schemas/Bed/properties/id/format`.
   */
  readonly where: string;
  /** `links`, `schema keyword if`. */
  readonly lost: string;
  readonly enforcedBy: string;
}

/** What stands in for what APIM does not take. Each says who does it, or that nobody does. */
export const ENFORCERS = {
  validators: "the app's validators of requests and answers (generated validators.js)",
  pipeline: "the app's request pipeline (runtime)",
  policies: "the policy documents of the API and its operations (apim/apis)",
  products: "the products of the API (manifest.json)",
  subscription: "subscriptionRequired and the products of the API (manifest.json), and APIM's own 401",
  backend: "the gateway's own address, and the backend that the API's policy document sets",
  hostKey: "the function's key: the gateway has no operation for it, and its key does not open it",
  portal: "the published portal and the fuzz test, which read the bundled document",
  beside: "what is written beside it, which is stricter",
  branches: "the branches themselves, which the app's validators try in turn",
  lines:
    "the app's check of each line before it leaves (runtime/streamed-body.ts), and the published description",
  perUse: "a schema of its own for each use (create, replace, read)",
  unused: "the internal operations that use it: no public one leads to it",
  nothing: "nothing: it only informs readers of the contract",
} as const;

/** The line of a person's file, `openapi/patient.yaml:12:5`. */
export function formatPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** One line: where, what APIM will not see, what enforces it instead. */
export function formatLoss({ at, lost, enforcedBy }: Loss): string {
  return `${formatPosition(at)} → ${lost} → ${enforcedBy}`;
}

/** Collects what gets lost while an import document is compiled, each thing once. */
export class Losses {
  readonly #list = new Map<string, Loss>();

  add(loss: Loss): void {
    const key = `${formatPosition(loss.at)} ${loss.lost}`;
    // What several operations share is walked several times: its first place names it.
    if (!this.#list.has(key)) this.#list.set(key, loss);
  }

  /** In the order of the sources. */
  list(): Loss[] {
    return [...this.#list.values()].sort(bySource);
  }
}

function bySource(a: Loss, b: Loss): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  const byPlace = a.at.line - b.at.line || a.at.column - b.at.column;
  if (byPlace !== 0) return byPlace;
  return a.lost < b.lost ? -1 : 1;
}
