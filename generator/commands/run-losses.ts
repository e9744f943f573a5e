import { parseArgs } from "node:util";
import { compileImport } from "../apim/import-document.ts";
import { formatLoss } from "../apim/losses.ts";
import { ContractError } from "../finding.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import type { ApiModel, PlatformModel } from "../model/model.ts";
import { FAILED, PASSED, UNJUDGED } from "./exit-codes.ts";
import type { Command } from "./terminal.ts";

const USAGE = `usage: npm run losses [-- --api NAME]
  --api NAME  only those of one API
exit codes: 0 the losses are printed, 1 a contract is broken, 2 there is no such API`;

interface Options {
  readonly api: string | undefined;
}

/** What there is to say: the exit code, and the text that goes with it. */
interface Outcome {
  readonly code: number;
  readonly text: string;
}

/**
 * `losses [--api NAME]`: what API Management will not see of each contract, one line each, `file:line:col → what →
 * what enforces it instead`. Ends with 0 whatever gets lost, with 1 when a contract is broken, with 2 for an API that
 * there is not.
 */
export const runLosses: Command = ({ projectDirectory, args, print, fail }) => {
  const { code, text } = tell(args, projectDirectory);
  (code === PASSED ? print : fail)(text);
  return Promise.resolve(code);
};

function tell(args: readonly string[], projectDirectory: string): Outcome {
  const options = readOptions(args);
  if (typeof options === "string") return unjudged(options);
  try {
    const model = buildModel(new Sources(projectDirectory));
    const known = model.apis.map(({ name }) => name);
    const apis = model.apis.filter(({ name }) => name === (options.api ?? name));
    if (apis.length === 0)
      return unjudged(`there is no API ${options.api ?? ""}; known: ${known.join(", ")}`);
    return { code: PASSED, text: apis.map((api) => describe(api, model)).join("\n\n") };
  } catch (error) {
    if (error instanceof ContractError) return { code: FAILED, text: error.message };
    throw error;
  }
}

/** The options, or what is wrong with them. */
function readOptions(args: readonly string[]): Options | string {
  try {
    return { api: parseArgs({ args: [...args], options: { api: { type: "string" } } }).values.api };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function unjudged(reason: string): Outcome {
  return { code: UNJUDGED, text: `${reason}\n${USAGE}` };
}

/** @throws {ContractError} when the API cannot be imported: what would get lost is not known then */
function describe(api: ApiModel, model: PlatformModel): string {
  if (!api.gateway) return `${api.name}: not on the gateway`;
  const { losses, findings } = compileImport(api, api.gateway, model);
  if (findings.length > 0) throw new ContractError(findings);
  return [`${api.name}: ${losses.length} losses`, ...losses.map(formatLoss)].join("\n");
}
