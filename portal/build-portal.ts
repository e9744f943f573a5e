import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { withCodeSamples } from "./code-samples.ts";
import { readErrorCatalogue } from "./error-catalogue.ts";
import { errorPage, errorsPage } from "./error-pages.ts";
import { indexPage } from "./index-page.ts";
import { hashInputs } from "./hash-inputs.ts";
import { objectOf, textOf } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { portalPath } from "./layout.ts";
import { publicDocument } from "./public-document.ts";
import { readApis } from "./read-apis.ts";
import type { Api } from "./read-apis.ts";
import { renderReference } from "./render-reference.ts";

/** From what, and where to, the portal is built. */
export interface PortalOptions {
  /** The generator's output, with `manifest.json`. */
  generatedDirectory: string;
  /** The error catalogue, `docs/errors.md`. */
  errorsFile: string;
  /** Is replaced as a whole, when its inputs have changed. */
  outputDirectory: string;
  /** Where the code samples call. Default `http://127.0.0.1:8080`. */
  gatewayUrl?: string;
}

/**
 * Builds the published portal: a start page, a reference for each public API with its contract to download, and a page for
 * each error. No page loads anything. The address of everything is under `/portal`.
 *
 * @returns `built: false` when the portal that is there is already of these inputs
 * @throws Error naming the file, when an input is missing or wrong
 */
export async function buildPortal(options: PortalOptions): Promise<{ built: boolean }> {
  const { generatedDirectory, errorsFile, outputDirectory } = options;
  const apis = (await readApis(generatedDirectory)).map(publicApi);
  const errors = await readFile(errorsFile, "utf8");
  const gatewayUrl = options.gatewayUrl ?? "http://127.0.0.1:8080";
  const hash = await hashInputs([JSON.stringify(apis), errors, gatewayUrl]);
  if ((await storedHash(outputDirectory)) === hash) return { built: false };
  const pages = await render(apis, { errors, errorsFile, gatewayUrl });
  await replace(outputDirectory, [...pages, [hashFile, hash]]);
  return { built: true };
}

const hashFile = ".inputs.sha256";

type Page = readonly [file: string, content: string];

async function render(
  apis: Api[],
  { errors, errorsFile, gatewayUrl }: { errors: string; errorsFile: string; gatewayUrl: string },
): Promise<Page[]> {
  const style = await readFile(path.join(import.meta.dirname, "style.css"), "utf8");
  const catalogue = readErrorCatalogue(errors, errorsFile);
  const samples = apis.map(({ name, document }) => ({
    name,
    document: withCodeSamples(document, gatewayUrl),
  }));
  const references = await Promise.all(
    samples.map(async ({ name, document }): Promise<Page> => {
      return [`${name}/index.html`, await renderReference(withWayBack(document))];
    }),
  );
  return [
    ["index.html", indexPage(samples, style)],
    ...references,
    ...apis.map(({ name, document }): Page => [
      `${name}/openapi.json`,
      `${JSON.stringify(document, null, 2)}\n`,
    ]),
    ["errors/index.html", errorsPage(catalogue, style)],
    ...catalogue.errors.map((error): Page => [`errors/${error.code}/index.html`, errorPage(error, style)]),
  ];
}

function publicApi({ name, document }: Api): Api {
  return { name, document: publicDocument(document) };
}

/** Redoc has no place for a link to the other pages but the description. */
function withWayBack(document: JsonObject): JsonObject {
  const info = objectOf(document.info);
  const links = `[All APIs](${portalPath}/) · [Errors](${portalPath}/errors/)`;
  return { ...document, info: { ...info, description: `${links}\n\n${textOf(info.description)}` } };
}

async function storedHash(directory: string): Promise<string | undefined> {
  return readFile(path.join(directory, hashFile), "utf8").catch(() => undefined);
}

/** Written beside the old portal and then renamed, so that no reader meets half a portal. */
async function replace(directory: string, pages: readonly Page[]): Promise<void> {
  const fresh = `${directory}.${process.pid}`;
  for (const [file, content] of pages) {
    const target = path.join(fresh, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  await rm(directory, { recursive: true, force: true });
  await rename(fresh, directory).catch(async () => {
    // Another process has put its portal there in between.
    await rm(fresh, { recursive: true });
    await access(path.join(directory, hashFile));
  });
}
