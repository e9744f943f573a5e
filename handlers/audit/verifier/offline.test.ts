import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "@jest/globals";

/** All that a module loads, and what that loads; types load nothing. */
function loadedBy(file: string, files = new Set<string>(), packages = new Set<string>()) {
  files.add(file);
  for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(IMPORT)) {
    if (!specifier.startsWith(".")) packages.add(specifier);
    else if (!files.has(join(dirname(file), specifier)))
      loadedBy(join(dirname(file), specifier), files, packages);
  }
  return { files, packages };
}

const IMPORT = /^(?:import|export) (?!type )(?:[^;"]* from )?"([^"]+)";/gm;

it("the verifier loads no database, no platform, and one package", () => {
  const { files, packages } = loadedBy(join(import.meta.dirname, "main.ts"));
  expect(files.size).toBeGreaterThan(15);
  const rooms = [...files].map(
    (file) => /(handlers\/audit\/verifier|runtime\/ledger)\/[^/]+$/.exec(file)?.[1],
  );
  expect(new Set(rooms)).toEqual(new Set(["handlers/audit/verifier", "runtime/ledger"]));
  expect([...packages].filter((name) => !name.startsWith("node:"))).toEqual(["canonicalize"]);
});
