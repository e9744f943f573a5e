import { createHash } from "node:crypto";
import { join } from "node:path";
import type { AzureEnvironment } from "../../generated/environment.ts";
import { checkStacks } from "../checks/check-stacks.ts";
import { readExpectations } from "../checks/read-expectations.ts";
import { formatStackFinding } from "../checks/stack-finding.ts";
import type { StackDocument, StackName } from "../stack-document.ts";
import { synthesise } from "../synthesise.ts";

/** A stack that Terraform can be given. */
export interface PreparedStack {
  readonly name: StackName;
  /** Absolute. Holds `cdk.tf.json` and its files. */
  readonly directory: string;
  /** Of all that is in it: the same when it was made from the same commit and settings. */
  readonly digest: string;
}

/**
 * Synthesises an environment's stacks and holds them against what is expected of them.
 * @throws {SettingFaults} for settings at fault
 * @throws with one line for each finding of the checks
 */
export async function prepareStacks(
  projectDirectory: string,
  environment: AzureEnvironment,
): Promise<readonly PreparedStack[]> {
  const outputDirectory = join(projectDirectory, ".build/deploy", environment.name);
  const stacks = await synthesise({ environment, projectDirectory, outputDirectory });
  const findings = checkStacks(stacks, await readExpectations(projectDirectory, environment));
  if (findings.length > 0)
    throw new Error(
      `The checks of infra/checks stop this deployment:\n${findings.map(formatStackFinding).join("\n")}`,
    );
  return stacks.map((stack) => ({
    name: stack.name,
    directory: join(outputDirectory, "stacks", stack.name),
    digest: digestOf(stack),
  }));
}

function digestOf({ document, assets }: StackDocument): string {
  return createHash("sha256")
    .update(JSON.stringify([document, [...assets]]))
    .digest("hex");
}
