import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { handlerFile } from "../emit/handler-file.ts";
import { formatFinding, startOf, type Finding, type Position } from "../finding.ts";
import { isObject, listAt, stringAt } from "../load/json.ts";

/** An operation of the manifest that nobody has written the handler of. */
interface MissingHandler {
  readonly api: string;
  readonly operationId: string;
  readonly file: string;
}

/** What `generated/handlers.ts` binds and no file exports, each at the operation's line, with the file to write. */
export async function missingHandlers(projectDirectory: string, api?: string): Promise<Finding[]> {
  const missing = findMissing(projectDirectory).filter((one) => api === undefined || one.api === api);
  if (missing.length === 0) return [];
  const places = await locateOperations(projectDirectory);
  return missing.map(({ api, operationId, file }) => ({
    ...(places.get(`${api} ${operationId}`) ?? startOf(`openapi/${api}.yaml`)),
    severity: "error",
    rule: "handler/missing",
    message: `${operationId} has no handler. Write ${file}, which begins: ${beginningOf(api, operationId)}`,
  }));
}

/** @throws {Error} with one line for each handler of an API that is missing */
export async function refuseMissingHandlers(projectDirectory: string, api: string): Promise<void> {
  const missing = await missingHandlers(projectDirectory, api);
  if (missing.length > 0) throw new Error(missing.map(formatFinding).join("\n"));
}

function findMissing(projectDirectory: string): MissingHandler[] {
  const file = join(projectDirectory, "generated/manifest.json");
  const manifest: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const apis = isObject(manifest) ? listAt(manifest, "apis").filter(isObject) : [];
  return apis.flatMap((entry) => {
    const api = stringAt(entry, "name") ?? "";
    const operations = listAt(entry, "operations").filter(isObject);
    return operations
      .map((operation) => stringAt(operation, "operationId") ?? "")
      .map((operationId) => ({ api, operationId, file: handlerFile(api, operationId) }))
      .filter((handler) => !existsSync(join(projectDirectory, handler.file)));
  });
}

/** By API and operationId. Read only when something is missing; a contract that is broken by now places nothing. */
async function locateOperations(projectDirectory: string): Promise<ReadonlyMap<string, Position>> {
  try {
    const { readArtefacts } = await import("../ledger/read-artefacts.ts");
    const { model } = readArtefacts(projectDirectory);
    return new Map(
      model.apis.flatMap(({ name, operations }) =>
        operations.map(({ operationId, at }) => [`${name} ${operationId}`, at]),
      ),
    );
  } catch {
    return new Map();
  }
}

/** The return type is what makes the compiler refuse members that the contract does not declare. */
function beginningOf(api: string, operationId: string): string {
  const type = `${api.replaceAll(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase())}Handlers`;
  return [
    `import type { Reply } from "../../generated/${api}/types.ts";`,
    `import type { ${type} } from "./context.ts";`,
    `export const ${operationId}: ${type}["${operationId}"] = async (request, context): Promise<Reply<"${operationId}">> => {`,
  ].join(" ");
}
