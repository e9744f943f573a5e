import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { zip } from "./zip.ts";

/** What of a built app is deployed. The rest of its folder is the build's own. */
const FILES = ["host.json", "index.cjs", "index.cjs.map", "package.json", "telemetry.cjs"];

/**
 * A built app as Azure Functions takes it: `host.json` at its root, and `package.json`, whose `main` is the bundle.
 * @param directory where the bundle is
 */
export async function packageApp(directory: string): Promise<Buffer> {
  const entries = FILES.map(async (path) => ({
    path,
    content: await readFile(join(directory, path)).catch((error: unknown) => {
      throw new Error(`${join(directory, path)} is missing. Run: npm run build`, { cause: error });
    }),
  }));
  return zip(await Promise.all(entries));
}
