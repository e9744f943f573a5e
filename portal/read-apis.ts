import { readFile } from "node:fs/promises";
import path from "node:path";
import { arrayOf, isObject, objectOf, parseObject, textOf } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";

/** A public API of the manifest, with its bundled document. */
export interface Api {
  /** The file name of its contract, and its folder in the portal. */
  name: string;
  /** The bundled OpenAPI 3.1 document, internal operations included. */
  document: JsonObject;
}

/**
 * Reads the APIs that have an operation on the gateway from `generated/manifest.json`.
 *
 * @throws Error naming the file, when the manifest or a document is missing or is none
 */
export async function readApis(generatedDirectory: string): Promise<Api[]> {
  const file = path.join(generatedDirectory, "manifest.json");
  const manifest = parseObject(await read(file), file);
  const entries = arrayOf(manifest.apis).map(objectOf).filter(isPublic);
  return Promise.all(entries.map((entry) => readApi(generatedDirectory, entry)));
}

function isPublic(api: JsonObject): boolean {
  return arrayOf(api.operations).some(
    (operation: Json) => isObject(operation) && operation.internal !== true,
  );
}

async function readApi(directory: string, entry: JsonObject): Promise<Api> {
  const file = path.join(directory, textOf(entry.document));
  return { name: textOf(entry.name), document: parseObject(await read(file), file) };
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => {
    throw new Error(`${file}: cannot be read. Run \`npm run generate\` first.`);
  });
}
