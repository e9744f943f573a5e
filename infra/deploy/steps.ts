import type { StackName } from "../stack-document.ts";

/**
 * What a deployment is made of, in its order. The code comes before the gateway, which may publish what only the new code
 * answers; the keys after the code, because a function's key can be set once the function is there.
 */
export const STEPS = [
  "foundation",
  "services",
  "code",
  "keys",
  "gateway",
  "smoke",
] as const satisfies readonly (StackName | OwnStep)[];

/** The steps that are not Terraform's. */
export const OWN_STEPS = ["code", "keys", "smoke"] as const;

export type OwnStep = (typeof OWN_STEPS)[number];
export type Step = (typeof STEPS)[number];

export function isStack(step: Step): step is StackName {
  return !isOwnStep(step);
}

function isOwnStep(step: Step): step is OwnStep {
  return OWN_STEPS.some((own) => own === step);
}

/** A step that has failed, and what to do now. */
export class StepError extends Error {
  override readonly name = "StepError";
  readonly advice: string;

  constructor(step: Step, message: string, advice: string) {
    super(`${step}: ${message}`);
    this.advice = advice;
  }
}
