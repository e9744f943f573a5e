import type { StackDocument } from "../../stack-document.ts";
import { firstFinding, type Expectations } from "../check-stacks.ts";
import { mutated, type Mutation } from "./mutation.ts";

/** The mutations that no check finds. */
export function survived(
  documents: readonly StackDocument[],
  expectations: Expectations,
  mutations: readonly Mutation[],
): Mutation[] {
  return mutations.filter((one) => firstFinding(mutated(documents, one), expectations) === undefined);
}
