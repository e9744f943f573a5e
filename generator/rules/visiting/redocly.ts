import type { JsonObject } from "../../load/json.ts";

/**
 * The part of Redocly's plugin interface that rules here use. Redocly bundles its types into the command line tool, so none
 * can be imported. Source: Redocly CLI, "Custom plugins" and "Custom rules".
 */
export interface RuleLocation {
  readonly source: { readonly absoluteRef: string };
  /** A JSON pointer that starts with `#/`. */
  readonly pointer: string;
  child(keys: readonly (string | number)[]): RuleLocation;
  /** The place of the key instead of that of the value. */
  key(): RuleLocation;
}

export interface RuleContext {
  readonly location: RuleLocation;
  /** The type of node that is visited, by Redocly's name for it. */
  readonly type: { readonly name: string };
  report(problem: { readonly message: string; readonly location: RuleLocation }): void;
  /** The target of a reference, however many references away; no node when it leads nowhere. */
  resolve(
    node: { $ref: string },
    from: string,
  ): { readonly node?: unknown; readonly location?: RuleLocation };
}

export type Visit = (node: JsonObject, context: RuleContext) => void;

/** A visit for each type of node that a rule looks at, by Redocly's names for the types. */
export type Visitor = Readonly<Partial<Record<"Root" | "Schema" | "ref", Visit>>>;

/** A rule as Redocly takes it: made anew for each document. */
export type LintRule = () => Visitor;
