import { parseArgs } from "node:util";
import { STACKS } from "../stack-document.ts";
import type { StackName } from "../stack-document.ts";
import { OWN_STEPS, STEPS } from "./steps.ts";
import type { Step } from "./steps.ts";

export interface DeployOptions {
  readonly environment: string;
  /** `deploy` plans and applies one stack after the other. */
  readonly mode: "plan" | "apply" | "deploy";
  /** Where plans are, or are to be; the environment's own directory when absent. */
  readonly planDirectory?: string;
  /** In the order of a deployment; undefined for all that there is to do. */
  readonly steps: readonly Step[] | undefined;
  /** Nobody is asked before a plan is applied. */
  readonly yes: boolean;
}

export const USAGE = `Usage: npm run deploy -- --environment <name> [--stack <name>]… [--step <name>]… [--plan-only | --apply <directory>] [--yes]

  --environment  one of environments/ that is in Azure
  --stack        foundation, services or gateway; may be repeated
  --step         code (builds and publishes the apps), keys (gives a value to each secret that has none),
                 or smoke (the smoke journey); may be repeated
                 Without --stack and --step: all of them, foundation, services, code, keys, gateway, smoke
  --plan-only    plans, changes nothing, and keeps the plans in .build/plans/<environment>
  --apply        applies exactly the plans of that directory; refuses them when they were made from something else
  --yes          applies what was planned without asking. Without a terminal nobody can be asked: then --yes, or
                 --plan-only and --apply

TERRAFORM names another program than terraform, such as tofu. A run that has failed is run again: what is done is not done twice.`;

/** @returns what is wrong, as a sentence */
export function readOptions(args: readonly string[], canAsk: boolean): DeployOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        environment: { type: "string" },
        stack: { type: "string", multiple: true, default: [] },
        step: { type: "string", multiple: true, default: [] },
        "plan-only": { type: "boolean", default: false },
        apply: { type: "string" },
        yes: { type: "boolean", default: false },
      },
    });
    const { environment, stack, step, "plan-only": planOnly, apply, yes } = values;
    if (environment === undefined) return "--environment is missing.";
    const fault = unknown("--stack", stack, STACKS) ?? unknown("--step", step, OWN_STEPS);
    if (fault !== undefined) return fault;
    if (planOnly && apply !== undefined) return "--plan-only and --apply exclude each other.";
    if (planOnly && step.length > 0) return "--plan-only is for stacks: a --step has no plan.";
    const chosen = STEPS.filter((one) => stack.includes(one) || step.includes(one));
    const steps = chosen.length > 0 ? chosen : undefined;
    const mode = planOnly ? "plan" : apply !== undefined ? "apply" : "deploy";
    const applies = mode === "deploy" && (steps === undefined || stack.length > 0);
    if (applies && !yes && !canAsk)
      return "There is no terminal to ask in before a plan is applied. Give --plan-only, and then --apply; or --yes.";
    return { environment, mode, steps, yes, ...(apply !== undefined && { planDirectory: apply }) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function unknown(
  option: string,
  values: readonly string[],
  known: readonly (StackName | Step)[],
): string | undefined {
  const value = values.find((one) => !known.some((other) => other === one));
  return value === undefined ? undefined : `${option} is "${value}"; expected one of ${known.join(", ")}.`;
}
