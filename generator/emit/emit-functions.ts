import type { OperationModel, PlatformModel } from "../model/model.ts";
import { codeArtefact, plainArtefact, type Artefact } from "./artefact.ts";
import { codeFile, jsonFile } from "./output.ts";
import { isStreamed } from "./streamed.ts";

/** The registrations of each function app, and its `host.json`: the routes are the contract's paths, without a prefix. */
export function emitFunctions({ apis }: PlatformModel): Artefact[] {
  return apis.flatMap(({ name, files, operations }) => [
    codeArtefact(
      codeFile(
        `${name}/functions.ts`,
        [files[0]],
        `import { app, type HttpHandler } from "@azure/functions";
import type { OperationId } from "./types.ts";

/** Registers one HTTP function for each operation. Every one needs a key. */
export function register(handlers: Readonly<Record<OperationId, HttpHandler>>): void {
${printSetup(operations)}${operations.map(printRegistration).join("\n")}
}`,
      ),
      files,
    ),
    plainArtefact(jsonFile(`${name}/host.json`, HOST), [files[0]]),
  ]);
}

/**
 * With its own way of telemetry the host would report each request beside the app; in this mode it leaves no line of the log out,
 * and alarms are lines of the log.
 */
const HOST = {
  version: "2.0",
  telemetryMode: "OpenTelemetry",
  extensions: { http: { routePrefix: "" } },
};

/** Without it the library collects a stream before it answers. */
function printSetup(operations: readonly OperationModel[]): string {
  const streams = operations.some(({ responses }) => responses.some(({ content }) => isStreamed(content)));
  return streams ? "  app.setup({ enableHttpStream: true });\n" : "";
}

function printRegistration({ operationId, method, path }: OperationModel): string {
  return `  app.http("${operationId}", {
    methods: ["${method}"],
    authLevel: "function",
    route: ${JSON.stringify(path.replace(/^\//, ""))},
    handler: handlers.${operationId},
  });`;
}
