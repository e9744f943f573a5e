import { judgeImport } from "../apim/judge-import.ts";
import { ContractError, type Finding } from "../finding.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";

/** What the generator refuses in the sources, and what stands in the way of importing them into API Management. */
export function judgeSources(projectDirectory: string): Finding[] {
  try {
    return judgeImport(buildModel(new Sources(projectDirectory)));
  } catch (error) {
    if (error instanceof ContractError) return [...error.findings];
    throw error;
  }
}
