import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listFiles } from "../files.ts";
import { generatorVersion, type GeneratorVersion } from "./generator-version.ts";
import { changedNames, hashFiles, type Hashes } from "./hash-files.ts";
import { hashOf } from "./hash-of.ts";
import { LEDGER, type Ledger } from "./ledger.ts";
import { readLedger, type LedgerReading } from "./read-ledger.ts";

/** What is known of `generated/` without reading a contract. */
export interface GeneratedState extends LedgerReading {
  /** `generated/`, as a place of this machine. */
  readonly folder: string;
  readonly generator: GeneratorVersion;
  /** Of the sources as they are now. */
  readonly sources: Hashes;
  /** Of the files of `generated/` as they are now, by path; without the ledger. */
  readonly present: Hashes;
  /** The folders of `handlers/`. */
  readonly handlers: readonly string[];
}

/** Whose content decides what is generated. */
export const SOURCE_FOLDERS = ["apim-policies", "openapi"];

/** Hashes everything that the ledger speaks of. Takes milliseconds. */
export function readState(projectDirectory: string): GeneratedState {
  const folder = join(projectDirectory, "generated");
  const files = listFiles(folder).filter((path) => path !== LEDGER);
  return {
    folder,
    ...readLedger(folder),
    generator: generatorVersion(),
    sources: hashFiles(projectDirectory, SOURCE_FOLDERS),
    present: Object.fromEntries(files.map((path) => [path, hashOf(readFileSync(join(folder, path)))])),
    handlers: foldersOf(join(projectDirectory, "handlers")),
  };
}

function foldersOf(place: string): string[] {
  if (!existsSync(place)) return [];
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

/** True when `generated/` holds what was generated, and generating again would give the same. */
export function isCurrent({ ledger, generator, sources, present, handlers }: GeneratedState): boolean {
  if (!ledger || !isSameGenerator(ledger.generator, generator)) return false;
  if (changedNames(ledger.sources, sources).length > 0) return false;
  // A folder of handlers without a contract is refused, though no contract has changed.
  if (handlers.some((name) => !(`openapi/${name}.yaml` in sources))) return false;
  return changedNames(contentsOf(ledger), present).length === 0;
}

export function isSameGenerator(a: GeneratorVersion, b: GeneratorVersion): boolean {
  return changedNames(a.files, b.files).length + changedNames(a.tools, b.tools).length === 0;
}

function contentsOf({ artefacts }: Ledger): Hashes {
  return Object.fromEntries(Object.entries(artefacts).map(([path, { content }]) => [path, content]));
}
