/** A place in a source file. `file` is relative to the repository, `line` and `column` start at 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `error` stops a change, `warning` asks for a look, `note` only tells. */
export type Severity = "error" | "warning" | "note";

/** Something to say about a source, always at the line that a person would change. */
export interface Finding extends Position {
  readonly severity: Severity;
  /** `<room>/<what>`, such as `ref/unknown`. */
  readonly rule: string;
  readonly message: string;
  /** What to do about it, when the message does not say so already. */
  readonly hint?: string;
}

/** Thrown when the sources cannot be generated from. Nothing has been written. */
export class ContractError extends Error {
  override readonly name = "ContractError";
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map(formatFinding).join("\n"));
    this.findings = findings;
  }
}

/** Collects findings, so that one run names all of them. */
export class Findings {
  /** A source that several contracts share is read several times: the same finding counts once. */
  readonly #byText = new Map<string, Finding>();

  report(at: Position, rule: string, message: string): void {
    const { file, line, column } = at;
    this.#add({ file, line, column, severity: "error", rule, message });
  }

  /** What `read` gives, or nothing when it throws findings: then these are collected. */
  gather<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      for (const finding of error.findings) this.#add(finding);
      return undefined;
    }
  }

  list(): Finding[] {
    return [...this.#byText.values()];
  }

  /** @throws {ContractError} when anything was reported */
  throwIfAny(): void {
    if (this.#byText.size > 0) throw new ContractError(this.list());
  }

  #add(finding: Finding): void {
    this.#byText.set(formatFinding(finding), finding);
  }
}

/** @throws {ContractError} always, with one finding */
export function refuse(at: Position, rule: string, message: string): never {
  const findings = new Findings();
  findings.report(at, rule, message);
  findings.throwIfAny();
  throw new Error("unreachable");
}

/** One line, `openapi/patient.yaml:12:5  error  ref/unknown  …`; a message never spans lines. */
export function formatFinding({ file, line, column, severity, rule, message }: Finding): string {
  return `${file}:${line}:${column}  ${severity}  ${rule}  ${message.replaceAll(/\s*\n\s*/g, " ")}`;
}

/** The first character of a file: the place of a finding about the file as a whole. */
export function startOf(file: string): Position {
  return { file, line: 1, column: 1 };
}
