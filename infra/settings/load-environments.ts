import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AzureEnvironment } from "../../generated/environment.ts";
import type { ExpectedSettings } from "./azure-environment-schema.ts";
import { readAzureEnvironment } from "./read-azure-environment.ts";
import { SettingFaults } from "./setting-faults.ts";

/**
 * The environments that are deployed to Azure: the files of `environments/` whose constant of the same name has `azure`.
 * @throws {SettingFaults} with the faults of all of them
 */
export async function loadEnvironments(
  projectDirectory: string,
  expected: ExpectedSettings,
): Promise<readonly AzureEnvironment[]> {
  const directory = join(projectDirectory, "environments");
  const files = (await readdir(directory)).filter((file) => file.endsWith(".ts")).sort();
  const loaded = await Promise.all(
    files.map(async (file) => ({ file, value: await load(join(directory, file)) })),
  );
  const faults: string[] = [];
  const environments = loaded
    .filter(({ value }) => typeof value === "object" && value !== null && "azure" in value)
    .flatMap(({ file, value }) => {
      try {
        return [readAzureEnvironment(value, `environments/${file}`, expected)];
      } catch (error) {
        if (!(error instanceof SettingFaults)) throw error;
        faults.push(...error.faults);
        return [];
      }
    });
  if (faults.length > 0) throw new SettingFaults(faults);
  return environments;
}

async function load(file: string): Promise<unknown> {
  const name = basename(file, ".ts");
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  if (module[name] === undefined)
    throw SettingFaults.in(`environments/${name}.ts`, [
      `the constant ${name} is missing; expected it to be exported`,
    ]);
  return module[name];
}
