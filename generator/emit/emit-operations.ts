import type { OperationModel, PlatformModel } from "../model/model.ts";
import { codeArtefact, type Artefact } from "./artefact.ts";
import { codeFile } from "./output.ts";
import { requestValidator, responseValidator } from "./validation-schemas.ts";

/** `operations.ts` of each API: what the pipeline knows of every operation. */
export function emitOperations({ apis }: PlatformModel): Artefact[] {
  return apis.map(({ name, files, operations }) =>
    codeArtefact(
      codeFile(
        `${name}/operations.ts`,
        [files[0]],
        `import type { OperationDefinition } from "../../runtime/operation.ts";
import type { OperationId } from "./types.ts";
import * as validators from "./validators.js";

/** The operations of the API, by operationId. */
export const operations: Readonly<Record<OperationId, OperationDefinition>> = {
${operations.map(printOperation).join("\n")}
};`,
      ),
      files,
    ),
  );
}

function printOperation(operation: OperationModel): string {
  const { operationId, method, path, internal, audit, parameters, body, responses, invalidPathStatus } =
    operation;
  const printedParameters = parameters.map(({ name, in: place, type, array }) => ({
    name,
    in: place,
    type,
    array,
  }));
  const printedBody = body && {
    required: body.required,
    contentTypes: body.contentTypes,
    maxBytes: body.maxBytes,
  };
  const printedResponses = responses.map((response) => {
    const contentType = JSON.stringify(response.content?.contentType ?? null);
    const validate = `validators.${responseValidator(operation, response)}`;
    return `      ${JSON.stringify(response.status)}: { contentType: ${contentType}, validate: ${validate} },`;
  });
  return `  ${operationId}: {
    operationId: "${operationId}",
    method: "${method}",
    path: ${JSON.stringify(path)},
    internal: ${String(internal)},
    audit: ${JSON.stringify(audit)},
    parameters: ${JSON.stringify(printedParameters)},
    body: ${JSON.stringify(printedBody)},
    invalidPathStatus: ${invalidPathStatus},
    validateRequest: validators.${requestValidator(operation)},
    responses: {
${printedResponses.join("\n")}
    },
  },`;
}
