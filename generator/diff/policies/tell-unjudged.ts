import { tellPolicy, type Blame, type PolicyContext } from "./policy-context.ts";

/** Asks a person to look at a change of a policy. */
export function tellUnjudged(what: string, place: Blame, context: PolicyContext): void {
  tellPolicy(context, place, "diff/policy-unjudged", {
    message: `${what}: a person has to judge this`,
    news: what,
  });
}
