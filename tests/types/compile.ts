import { join } from "node:path";
import ts from "typescript";

const project = join(import.meta.dirname, "../..");

/** What the compiler says of one line. */
export interface CompilerError {
  /** From 1. */
  readonly line: number;
  /** `2322` for TS2322. */
  readonly code: number;
  readonly message: string;
}

/**
 * Compiles sources in one program, with the options of the project, as if each were a file of this folder.
 * @param sources by a name without an ending
 * @returns the errors of each source, by the same names
 */
export function compile(sources: ReadonlyMap<string, string>): Map<string, CompilerError[]> {
  const files = new Map([...sources].map(([name, text]) => [join(import.meta.dirname, `${name}.ts`), text]));
  const program = ts.createProgram([...files.keys()], options(), hostOf(files));
  return new Map(
    [...sources.keys()].map((name) => [name, errorsOf(program, join(import.meta.dirname, `${name}.ts`))]),
  );
}

function options(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(project, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const read = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, incremental: false, tsBuildInfoFile: undefined, types: [] },
    project,
  );
  return read.options;
}

function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options());
  return {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile(file, version, onError, isNew) {
      const text = files.get(file);
      return text === undefined
        ? host.getSourceFile(file, version, onError, isNew)
        : ts.createSourceFile(file, text, version);
    },
  };
}

function errorsOf(program: ts.Program, file: string): CompilerError[] {
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`The compiler did not read ${file}.`);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return found.map(({ start = 0, code, messageText }) => ({
    line: source.getLineAndCharacterOfPosition(start).line + 1,
    code,
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
}
