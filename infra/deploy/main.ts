import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { AzureEnvironment } from "../../generated/environment.ts";
import { readManifest } from "../manifest.ts";
import { azureRest } from "../rotation/azure-rest.ts";
import { azureTarget } from "../rotation/azure-target.ts";
import { vaultOf } from "../rotation/vault.ts";
import { loadEnvironments } from "../settings/load-environments.ts";
import type { StackName } from "../stack-document.ts";
import { deployCode } from "./deploy-code.ts";
import { applyPlans, deployAll, planStacks } from "./deploy.ts";
import type { Deployer } from "./deploy.ts";
import { fillSecrets } from "./fill-secrets.ts";
import { prepareStacks } from "./prepare-stacks.ts";
import { readOptions, USAGE } from "./read-options.ts";
import type { DeployOptions } from "./read-options.ts";
import { runCommand } from "./run-command.ts";
import { SMOKE_KEYS, smokeKeys } from "./smoke-keys.ts";
import { isStack, StepError } from "./steps.ts";
import { openTerraform } from "./terraform.ts";
import type { Terraform } from "./terraform.ts";

const projectDirectory = join(import.meta.dirname, "../..");

/** `npm run deploy`. Exit codes: 0, 1 when a step failed, 2 for usage. */
process.exit(
  await main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "The deployment failed."}\n`);
    if (error instanceof StepError) process.stderr.write(`${error.advice}\n`);
    return 1;
  }),
);

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, process.stdin.isTTY && process.env.CI === undefined);
  if (typeof options === "string") return refuse(options);
  const { apis, namedValues } = await readManifest(projectDirectory);
  const environments = await loadEnvironments(projectDirectory, {
    apis: apis.map(({ name }) => name),
    namedValues: namedValues.filter(({ kind }) => kind === "setting").map(({ name }) => name),
  });
  const environment = environments.find(({ name }) => name === options.environment);
  if (!environment)
    return refuse(
      `There is no environment ${options.environment} in Azure; there are ${environments.map(({ name }) => name).join(", ")}.`,
    );
  const deployer = await deployerFor(environment, options);
  if (options.mode === "plan") await planStacks(deployer, options.steps);
  if (options.mode === "apply") await applyPlans(deployer, options.steps);
  if (options.mode === "deploy") await deployAll(deployer, options.steps);
  return 0;
}

async function deployerFor(environment: AzureEnvironment, options: DeployOptions): Promise<Deployer> {
  const { name } = environment;
  const { storageAccount, container } = environment.azure.state;
  const withStacks = options.mode !== "deploy" || (options.steps ?? ["services" as const]).some(isStack);
  const terraform = withStacks ? await terraformFor(name) : unused();
  if (withStacks) say(`${name}: synthesise and check`);
  return {
    environment: name,
    state: { storageAccount, container },
    stacks: withStacks ? await prepareStacks(projectDirectory, environment) : [],
    terraform,
    lockFile: join(projectDirectory, "infra/terraform.lock.hcl"),
    planDirectory: planDirectoryOf(name, options),
    own: await ownSteps(environment),
    confirm: (stack) => (options.yes ? Promise.resolve(true) : ask(name, stack)),
    say,
  };
}

function planDirectoryOf(environment: string, { planDirectory }: DeployOptions): string {
  return resolve(planDirectory ?? join(projectDirectory, ".build/plans", environment));
}

function terraformFor(environment: string): Promise<Terraform> {
  return openTerraform({
    program: process.env.TERRAFORM ?? "terraform",
    dataDirectory: join(projectDirectory, ".build/terraform", environment),
  });
}

function unused(): Terraform {
  const refused = () => Promise.reject(new Error("No stack was chosen."));
  return { init: refused, plan: refused, changesOutputs: refused, describe: refused, apply: refused };
}

async function ownSteps(environment: AzureEnvironment): Promise<Deployer["own"]> {
  const manifest = await readManifest(projectDirectory);
  const target = azureTarget(environment);
  const { credential } = target;
  const vault = vaultOf(
    azureRest({ url: target.vaultUrl, scope: "https://vault.azure.net/.default", credential }),
  );
  const resourceManager = azureRest({
    url: target.resourceManagerUrl,
    scope: "https://management.azure.com/.default",
    credential,
  });
  return {
    code: () => deployCode({ projectDirectory, manifest, target, resourceManager, say }),
    keys: () =>
      fillSecrets({
        secrets: [...new Set(manifest.identities.flatMap(({ secrets }) => secrets))].sort(),
        ofFunctions: manifest.apis.flatMap(({ gateway }) =>
          gateway?.backendKey.kind === "function" ? [gateway.backendKey.secret] : [],
        ),
        vault,
        rotate: (secrets) =>
          node("infra/rotation/main.ts", [
            ...["--environment", environment.name],
            ...secrets.flatMap((name) => ["--secret", name]),
          ]),
        wait: sleep,
        say,
      }),
    async smoke() {
      const { partner, auditor } = SMOKE_KEYS;
      const args = [
        ...["--gateway", target.gatewayUrl],
        ...["--partner-key-from", partner.variable, "--auditor-key-from", auditor.variable],
      ];
      const code = await node("tests/smoke/main.ts", args, await smokeKeys(vault));
      if (code !== 0) throw new Error(`npm run smoke ended with code ${code}`);
    },
  };
}

async function node(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const all = ["--disable-warning=ExperimentalWarning", file, ...args];
  const how = { workingDirectory: projectDirectory, environment, output: "show" } as const;
  return (await runCommand(process.execPath, all, how)).code;
}

async function ask(environment: string, stack: StackName): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await lines.question(
      `Apply this plan of ${stack}? Type the environment's name to do so: `,
    );
    return answer.trim() === environment;
  } finally {
    lines.close();
  }
}

function say(line: string): void {
  const shown = line.replaceAll(`${projectDirectory}/`, "");
  process.stdout.write(`» ${shown}\n`);
}

function refuse(reason: string): 2 {
  process.stderr.write(`${reason}\n${USAGE}\n`);
  return 2;
}
