import type { PlatformModel } from "../model/model.ts";
import { namedValuesOf } from "../policies/named-values.ts";
import { ALL_SOURCES, codeArtefact, POLICY_FOLDER, type Artefact } from "./artefact.ts";
import { allDocuments } from "./emit-manifest.ts";
import { codeFile } from "./output.ts";

/** `environment.ts`: the type that `environments/*.ts` are held to. */
export function emitEnvironment({ apis, policies }: PlatformModel): Artefact[] {
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
  const file = codeFile("environment.ts", [...apis.map(({ files }) => files[0]), POLICY_FOLDER], code);
  return [codeArtefact(file, ALL_SOURCES)];
}
