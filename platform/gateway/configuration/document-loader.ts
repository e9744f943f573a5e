import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compileDocument } from "../compiler/compiled-document.ts";
import type { CompiledDocument } from "../compiler/compiled-document.ts";
import type { GatewayServices } from "../compiler/gateway-services.ts";
import { readPolicyDocument } from "../documents/policy-document.ts";
import type { Scope } from "../documents/policy-document.ts";
import { ConfigurationError } from "./configuration-error.ts";

/** Reads and compiles one policy document, each once. @throws ConfigurationError */
export type DocumentLoader = (path: string, scope: Scope) => Promise<CompiledDocument>;

/** @param directory that the paths are relative to */
export function documentLoader(
  directory: string,
  namedValues: Readonly<Record<string, string>>,
  services: GatewayServices,
): DocumentLoader {
  return async (path, scope) => {
    const file = join(directory, path);
    const text = await readFile(file, "utf8").catch(() => {
      throw new ConfigurationError(file, "the manifest names this policy document, but it cannot be read");
    });
    return compileDocument(readPolicyDocument(text, file, scope, namedValues), services);
  };
}
