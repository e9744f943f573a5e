import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rawPolicy } from "./raw-policy.ts";

/** A policy document, ready for Terraform. */
export interface PolicyText {
  /** For an argument of a resource: what Terraform would take for a template of its own is escaped. */
  readonly content: string;
  /** The named values that the document refers to. */
  readonly namedValues: readonly string[];
  /** The ids of the backends that it sends requests to. */
  readonly backends: readonly string[];
}

/**
 * Reads a policy document of the manifest.
 * @param path relative to `generated/`
 */
export function policyText(generatedDirectory: string, path: string): PolicyText {
  const document = readFileSync(join(generatedDirectory, path), "utf8");
  return {
    content: rawPolicy(document).replace(TEMPLATE, "$1$1{"),
    namedValues: allOf(document, /\{\{([\w.-]+)\}\}/g),
    backends: allOf(document, /\bbackend-id="([^"]*)"/g),
  };
}

const TEMPLATE = /([$%])\{/g;

function allOf(document: string, pattern: RegExp): string[] {
  return [...new Set([...document.matchAll(pattern)].map(([, name = ""]) => name))];
}
