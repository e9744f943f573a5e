import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listFiles } from "./files.ts";
import { writeOutputs } from "./outputs.ts";

/** Whose content decides what is generated. Of `handlers/`, only which APIs it is for. */
const INPUT_FOLDERS = ["openapi", "apim-policies", "generator"];
const RECORD = ".build/generated-from.txt";

/**
 * Brings `generated/` up to date when anything that it is made from has changed since the last time; loads no more than
 * the means to find that out when nothing has.
 * @throws {ContractError} with everything that is wrong in the sources; nothing is written then
 */
export async function ensureGenerated({
  projectDirectory,
}: {
  readonly projectDirectory: string;
}): Promise<void> {
  const record = join(projectDirectory, RECORD);
  const fingerprint = fingerprintOf(projectDirectory);
  const known = existsSync(record) ? readFileSync(record, "utf8") : "";
  const generated = join(projectDirectory, "generated");
  if (known === fingerprint && existsSync(join(generated, "manifest.json"))) return;
  const { generate } = await import("./generate.ts");
  writeOutputs(generated, await generate(projectDirectory));
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, fingerprint);
}

function fingerprintOf(projectDirectory: string): string {
  const hash = createHash("sha256");
  const files = INPUT_FOLDERS.flatMap((folder) =>
    listFiles(join(projectDirectory, folder)).map((file) => `${folder}/${file}`),
  );
  for (const file of [...files, "package-lock.json"]) {
    const path = join(projectDirectory, file);
    hash
      .update(`${file}\0`)
      .update(existsSync(path) ? readFileSync(path) : "absent")
      .update("\0");
  }
  for (const handler of listFiles(join(projectDirectory, "handlers")))
    hash.update(`${handler.split("/")[0] ?? ""}\0`);
  return hash.digest("hex");
}
