import type { PlatformModel } from "../model/model.ts";
import { namedValuesOf } from "../policies/named-values.ts";
import { allDocuments } from "./emit-manifest.ts";
import { codeFile, type OutputFile } from "./output.ts";

/** `environment.ts`: the type that `environments/*.ts` are held to. */
export function emitEnvironment({ apis, policies }: PlatformModel): OutputFile[] {
  const settings = namedValuesOf(allDocuments(policies)).filter(({ kind }) => kind === "setting");
  const members = settings.map(({ name }) => `  readonly ${JSON.stringify(name)}: string;`);
  const code = `/** The named values of the policies that are no addresses. */
export interface NamedValues {
${members.join("\n")}
}

/** What differs between environments. */
export interface Environment {
  readonly namedValues: NamedValues;
}`;
  return [codeFile("environment.ts", [...apis.map(({ files }) => files[0]), "apim-policies/"], code)];
}
