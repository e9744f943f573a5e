/**
 * A process of its own that runs `redocly diff` many times: loading the CLI costs ten times what a comparison does. Each
 * message names two files and is answered with what the CLI prints as JSON.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const main = join(createRequire(import.meta.url).resolve("@redocly/cli/package.json"), "../lib/index.js");
const print = process.stdout.write.bind(process.stdout);
// Each run of the CLI listens for the end of the process.
process.setMaxListeners(0);
let runs = 0;

process.on("message", ([base, head]: readonly [string, string]) => {
  process.argv = [process.execPath, "redocly", "diff", base, head, "--format", "json", "--fail-on", "none"];
  let printed = "";
  process.stdout.write = (text: string | Uint8Array): boolean => {
    printed += String(text);
    if (isWhole(printed)) {
      process.stdout.write = print;
      process.send?.(printed);
    }
    return true;
  };
  // A module is run once for each address.
  void import(`${pathToFileURL(main).href}?run=${runs++}`);
});

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
