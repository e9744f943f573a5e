import type { PolicyElement } from "../documents/policy-element.ts";
import type { Scope, Section } from "../documents/policy-document.ts";
import type { PolicyCompiler } from "./policy-compiler.ts";
import type { Run } from "../pipeline/statement.ts";

/** What an element may hold. Whatever is not listed stops the start. */
export interface ElementShape {
  readonly attributes?: Readonly<Record<string, AttributeShape>>;
  readonly children?: Readonly<Record<string, ChildShape>>;
  /** Absent: the element holds no text. */
  readonly text?: TextShape;
  /** True: the children are policies, not parts of this one. */
  readonly holdsPolicies?: true;
}

/** Rules for an attribute. */
export interface AttributeShape {
  readonly required?: true;
  /** The page allows no expression here. */
  readonly literal?: true;
  /** The literals that the local gateway executes, when it does not execute all. */
  readonly only?: readonly string[];
}

/** Rules for an element's text. */
export interface TextShape {
  readonly required?: true;
  readonly literal?: true;
}

/** A part of a policy, and how often it stands there. */
export interface ChildShape extends ElementShape {
  /** Least number; 0 when absent. */
  readonly min?: number;
  /** Most; any number when absent. */
  readonly max?: number;
}

/** A policy that the gateway executes: one row of the registry. */
export interface Policy extends ElementShape {
  readonly name: string;
  /** Sections it may stand in: those of its page and of Microsoft's policy toolkit together. */
  readonly sections: readonly Section[];
  /** Scopes whose documents may hold it; every scope when absent. */
  readonly scopes?: readonly Scope[];
  /** True when a section may hold it once only. */
  readonly once?: true;
  /** Turns a checked element into what runs for each request. */
  compile(element: PolicyElement, compiler: PolicyCompiler): Run;
}
