import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Artefact } from "../emit/artefact.ts";
import type { Finding } from "../finding.ts";
import { firstDifference } from "./first-difference.ts";
import { isCurrent, isSameGenerator, readState, type GeneratedState } from "./generated-state.ts";
import { hashOf } from "./hash-of.ts";
import { LEDGER, printLedger, type Ledger, type LedgerEntry } from "./ledger.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What generating did. Paths are relative to `generated/`. */
export interface Refresh {
  /** How many files are generated, the ledger not counted. */
  readonly total: number;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Written over something that was not generated, and where that began. */
  readonly overwritten: readonly { readonly path: string; readonly line: number }[];
  /** Removed although they were never generated. */
  readonly discarded: readonly string[];
  /** Why the ledger could not be used, when it could not. */
  readonly fault: Finding | undefined;
}

/**
 * Makes `generated/` hold exactly what follows from the sources. Renders only what can have changed: the artefacts whose
 * inputs are not those that the ledger knows, and files whose content is not what it says. The ledger is written last, so
 * that a run which was killed is made good by the next one.
 * @throws {ContractError} with everything that is wrong in the sources; nothing is written then
 */
export async function refreshGenerated(projectDirectory: string): Promise<Refresh> {
  const state = readState(projectDirectory);
  const unchanged = { written: [], removed: [], overwritten: [], discarded: [], fault: undefined };
  if (isCurrent(state)) return { ...unchanged, total: Object.keys(state.present).length };
  // Loaded now: most of the time there is nothing to do, which takes no parser to find out.
  const { readArtefacts } = await import("./read-artefacts.ts");
  const renewed = await Promise.all(
    readArtefacts(projectDirectory).artefacts.map((artefact) => renew(artefact, state)),
  );
  return write(projectDirectory, state, renewed);
}

interface Renewed {
  readonly path: string;
  readonly entry: LedgerEntry;
  /** `undefined` when what is there is right. */
  readonly content: string | undefined;
}

async function renew({ path, inputs, render }: Artefact, state: GeneratedState): Promise<Renewed> {
  const hash = hashOf(JSON.stringify(inputs));
  const present = state.present[path];
  const known = entryOf(state, path);
  if (known?.inputs === hash && known.content === present) return { path, entry: known, content: undefined };
  const content = await render();
  const entry = { inputs: hash, content: hashOf(content) };
  return { path, entry, content: entry.content === present ? undefined : content };
}

/** What the ledger knows of an artefact, when this very generator made it. */
function entryOf({ ledger, generator }: GeneratedState, path: string): LedgerEntry | undefined {
  return ledger && isSameGenerator(ledger.generator, generator) ? ledger.artefacts[path] : undefined;
}

function write(projectDirectory: string, state: GeneratedState, renewed: readonly Renewed[]): Refresh {
  const { folder, present, fault } = state;
  const changed = renewed.filter(({ content }) => content !== undefined);
  const paths = new Set(renewed.map(({ path }) => path));
  const removed = Object.keys(present).filter((path) => !paths.has(path));
  const overwritten = changed.flatMap((one) => strangeContent(one, state));
  const discarded = removed.filter((path) => !isGenerated(path, state));
  for (const { path, content = "" } of changed)
    writeAtomically(projectDirectory, join(folder, path), content);
  for (const path of removed) rmSync(join(folder, path));
  writeLedger(projectDirectory, state, renewed);
  const written = changed.map(({ path }) => path);
  return { total: renewed.length, written, removed, overwritten, discarded, fault };
}

/** Without a ledger, nobody knows what is not. */
function isGenerated(path: string, { ledger, present }: GeneratedState): boolean {
  return !ledger || ledger.artefacts[path]?.content === present[path];
}

/** What is about to be overwritten although the ledger does not know it as generated. */
function strangeContent({ path, content = "" }: Renewed, state: GeneratedState): Refresh["overwritten"] {
  if (state.present[path] === undefined || isGenerated(path, state)) return [];
  return [{ path, line: firstDifference(content, readFileSync(join(state.folder, path), "utf8")).line }];
}

function writeLedger(projectDirectory: string, state: GeneratedState, renewed: readonly Renewed[]): void {
  const ledger: Ledger = {
    generator: state.generator,
    sources: state.sources,
    artefacts: Object.fromEntries(renewed.map(({ path, entry }) => [path, entry])),
  };
  const [file, text] = [join(state.folder, LEDGER), printLedger(ledger)];
  const isWritten = state.ledger !== undefined && printLedger(state.ledger) === text;
  if (!isWritten) writeAtomically(projectDirectory, file, text);
}
