import { join } from "node:path";
import ts from "typescript";

/** What the compiler says of some files of a project, a line each: `generated/patient/handlers.ts: Cannot find module …`. */
export function compileErrors(folder: string, files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, folder);
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    { ...options, incremental: false },
  );
  return files.flatMap((file) => {
    const source = program.getSourceFile(join(folder, file));
    const found = source
      ? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      : [];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}
