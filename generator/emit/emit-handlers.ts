import { refuse } from "../finding.ts";
import type { OperationModel, PlatformModel } from "../model/model.ts";
import { codeArtefact, type Artefact } from "./artefact.ts";
import { handlerFile } from "./handler-file.ts";
import { codeFile } from "./output.ts";

/**
 * `handlers.ts` of each API: binds every operation to the one file that handles it, so that the compiler names the file
 * that is missing. `Handlers<never>` holds requests and answers; that each handler takes the API's own context, the call
 * of `bind` in `handlers/<api>/index.ts` holds.
 * @throws {ContractError} `contract/operation-id` for one that no handler could be exported as
 */
export function emitHandlers({ apis }: PlatformModel): Artefact[] {
  return apis.map(({ name, files, operations }) => {
    for (const operation of operations) refuseUnexportable(operation);
    const imports = operations.map(
      ({ operationId }) => `import { ${operationId} } from "../../${handlerFile(name, operationId)}";`,
    );
    const file = codeFile(
      `${name}/handlers.ts`,
      [files[0]],
      `${imports.join("\n")}
import type { Handlers } from "./types.ts";

/** The handler of every operation of the API. */
export const handlers = { ${operations.map(({ operationId }) => operationId).join(", ")} } satisfies Handlers<never>;`,
    );
    return codeArtefact(file, files);
  });
}

/** Words that no export of a module can be declared as (ECMAScript 2026, 12.7.2), and names that are taken. */
const TAKEN = new Set([
  ...["arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default"],
  ...[
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
  ],
  ...["implements", "import", "in", "instanceof", "interface", "let", "new", "null", "package", "private"],
  ...["protected", "public", "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof"],
  ...["var", "void", "while", "with", "yield"],
  ...["handlers", "index", "collections", "context"],
]);

function refuseUnexportable({ operationId, at }: OperationModel): void {
  if (!TAKEN.has(operationId)) return;
  const message = `no handler can be called ${operationId}: name what it acts on as well, as in ${operationId}Patient`;
  refuse(at, "contract/operation-id", message);
}
