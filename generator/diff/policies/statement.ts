import type { PolicyUse } from "../../model/model.ts";
import type { SectionName } from "../../policies/load-fragments.ts";
import type { XmlElement } from "../../policies/xml.ts";

/** From the widest to the narrowest. A wider one counts the calls of all that is within it. */
export const SCOPES = ["global", "product", "api", "operation"] as const;
export type Scope = (typeof SCOPES)[number];

/** A policy statement on the way of an operation. */
export interface Statement {
  /** With the named values of production in it. */
  readonly element: XmlElement;
  /** As it is written, with the names of values. */
  readonly written: XmlElement;
  readonly section: SectionName;
  readonly scope: Scope;
  /** What must hold for it to run: the conditions of each `choose` around it. */
  readonly conditions: readonly string[];
  /** The line of the contract that binds it, of a fragment. */
  readonly use: PolicyUse | undefined;
}
