import type { Position } from "../finding.ts";

/** Something of the contract that APIM does not see, where it is written, and what stands for it instead. */
export interface Loss {
  /** `openapi/patient.yaml:12:5`. */
  readonly source: string;
  readonly lost: string;
  readonly enforcedBy: string;
}

/** What stands in for what an import document cannot say. */
export const ENFORCERS = {
  requestValidator: "the app's request validator (generated validators.js)",
  nothing: "nothing: it only informs readers of the published portal",
  portal: "the published portal and the fuzz test, which read the bundled document",
  subscription: "subscriptionRequired and the products of the API (manifest.json), and APIM's own 401",
  hostKey: "the function's key: the gateway has no operation for it, and its key does not open it",
  pipeline: "the app's request pipeline (runtime)",
  policies: "the policy documents of the API and its operations (apim/apis)",
} as const;

/** Collects what gets lost while an import document is compiled, each thing once. */
export class Losses {
  readonly #list = new Map<string, Loss>();

  add(at: Position, lost: string, enforcedBy: string): void {
    const source = `${at.file}:${at.line}:${at.column}`;
    this.#list.set(`${source} ${lost}`, { source, lost, enforcedBy });
  }

  /** In the order of the sources. */
  list(): Loss[] {
    const key = ({ source, lost }: Loss): string =>
      `${source.replaceAll(/\d+/g, (digits) => digits.padStart(6, "0"))} ${lost}`;
    return [...this.#list.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}
