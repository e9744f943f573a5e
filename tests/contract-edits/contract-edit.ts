/** How far a change of the effective partner contract goes; README.md says what each means. */
export type Verdict = "major" | "minor" | "patch" | "none";

/** From the least to the most. */
export const VERDICTS: readonly Verdict[] = ["none", "patch", "minor", "major"];

/** In a text that an edit writes: the line on which the finding must be. Not written itself. */
export const MARK = "▸";

/** A change of the contract, and what must be said of it. */
export interface ContractEdit {
  /** In kebab case, unique. */
  readonly name: string;
  /** One sentence: who is broken by it, or why nobody is. */
  readonly why: string;
  /** One after the other. */
  readonly changes: readonly Change[];
  readonly verdict: Verdict;
  /** False when the change is breaking and allowed to be: its version was raised, or a waiver covers it. True when absent. */
  readonly stopped?: boolean;
  /** What `redocly diff` says with its own rules (`diff-recommended`) and nothing else. */
  readonly redoclyAlone: Verdict;
}

/** A change that the generator refuses, so that there is nothing to compare. */
export interface RefusedEdit {
  readonly name: string;
  readonly why: string;
  readonly changes: readonly Change[];
  /** The rule of the refusal. */
  readonly rule: string;
}

/** A change of one file, at a place that must be there exactly once. */
export type Change = Replacement | Insertion | Removal | Marking | Creation;

interface Place {
  /** Relative to the repository. */
  readonly file: string;
  /**
   * The lines that lead to the place, each in the block (the lines indented deeper) of the one before; white space around
   * them does not count. The whole file when absent.
   */
  readonly in?: readonly string[];
}

/** A piece of text becomes another. An empty one takes its line with it when nothing else is on it. */
export interface Replacement extends Place {
  readonly replace: string;
  readonly by: string;
  /** How often the text must be there; 1 when absent. */
  readonly times?: number;
}

/** Lines, indented like the line that they follow. */
export interface Insertion extends Place {
  readonly after: string;
  readonly insert: readonly string[];
}

/** A line goes, and its block with it. */
export interface Removal extends Place {
  readonly remove: string;
}

/** A line that stays as it is, and on which the finding must be: what was removed has no line of its own. */
export interface Marking extends Place {
  readonly mark: string;
}

/** A new file. */
export interface Creation {
  readonly file: string;
  readonly create: readonly string[];
}
