import { isObject, type JsonObject } from "../load/json.ts";
import { headline } from "../emit/output.ts";
import type { GeneratorVersion } from "./generator-version.ts";
import type { Hashes } from "./hash-files.ts";

/** `generated/ledger.json`: what `generated/` was made from and by, and what it should hold. */
export interface Ledger {
  readonly generator: GeneratorVersion;
  /** Every file of `openapi/` and `apim-policies/`. */
  readonly sources: Hashes;
  /** By path, relative to `generated/`. */
  readonly artefacts: Readonly<Record<string, LedgerEntry>>;
}

export interface LedgerEntry {
  /** The hash of what the artefact was rendered from. */
  readonly inputs: string;
  /** The hash of what was written. */
  readonly content: string;
}

/** The ledger's own name in `generated/`. */
export const LEDGER = "ledger.json";

/** One entry a line, so that branches which change different artefacts merge. */
export function printLedger({ generator, sources, artefacts }: Ledger): string {
  const sections = [
    `  "$comment": ${JSON.stringify(headline(["openapi/", "apim-policies/"]))}`,
    printSection("tools", generator.tools),
    printSection("generator", generator.files),
    printSection("sources", sources),
    printSection("artefacts", artefacts),
  ];
  return `{\n${sections.join(",\n")}\n}\n`;
}

function printSection(name: string, entries: Readonly<Record<string, string | LedgerEntry>>): string {
  const lines = Object.entries(entries)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${printValue(value)}`);
  return `  ${JSON.stringify(name)}: {\n${lines.join(",\n")}\n  }`;
}

function printValue(value: string | LedgerEntry): string {
  if (typeof value === "string") return JSON.stringify(value);
  return `{ "inputs": ${JSON.stringify(value.inputs)}, "content": ${JSON.stringify(value.content)} }`;
}

/**
 * Reads what `printLedger` wrote.
 * @returns `undefined` for JSON that is no ledger
 * @throws {SyntaxError} for what is no JSON
 */
export function parseLedger(text: string): Ledger | undefined {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return undefined;
  const { tools, generator, sources, artefacts } = value;
  const isLedger = isHashes(tools) && isHashes(generator) && isHashes(sources) && isArtefacts(artefacts);
  return isLedger ? { generator: { files: generator, tools }, sources, artefacts } : undefined;
}

function isHashes(value: unknown): value is Hashes {
  return isObject(value) && Object.values(value).every((hash) => typeof hash === "string");
}

function isArtefacts(value: unknown): value is Ledger["artefacts"] {
  return isObject(value) && Object.values(value).every((entry) => isObject(entry) && isEntry(entry));
}

function isEntry({ inputs, content }: JsonObject): boolean {
  return typeof inputs === "string" && typeof content === "string";
}
