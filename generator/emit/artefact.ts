import type { OutputFile } from "./output.ts";

/**
 * A file that follows from the model, and that is only rendered when somebody needs its content: rendering is what takes
 * the time, and the ledger knows from the inputs alone whether the content can have changed.
 */
export interface Artefact {
  /** Relative to `generated/`, with forward slashes. */
  readonly path: string;
  /** The sources that its content can depend on: files, or folders with a slash at the end. */
  readonly from: readonly string[];
  /** All that its content depends on but for the generator itself, as JSON can say it: equal inputs, equal content. */
  readonly inputs: unknown;
  /** @throws {ContractError} for what only shows when it is rendered */
  readonly render: () => string | Promise<string>;
}

/** The folder of the policies, as a source of artefacts. */
export const POLICY_FOLDER = "apim-policies/";

/** Of an artefact that follows from every contract and every policy. */
export const ALL_SOURCES: readonly string[] = ["openapi/", POLICY_FOLDER];

/**
 * An artefact whose content is a function of its inputs alone.
 * @param render must not read anything but its argument, or the ledger would not see it change
 */
export function artefact<Inputs>(
  path: string,
  from: readonly string[],
  inputs: Inputs,
  render: (inputs: Inputs) => string | Promise<string>,
): Artefact {
  return { path, from, inputs, render: () => render(inputs) };
}

/** A file of TypeScript: printed by its emitter, formatted as the rest of the repository is when it is rendered. */
export function codeArtefact(file: OutputFile, from: readonly string[]): Artefact {
  return artefact(file.path, from, file.content, async (code) => {
    const { formatCode } = await import("./format-code.ts");
    return formatCode(code);
  });
}

/** A file that costs nothing to print: its content is its input. */
export function plainArtefact(file: OutputFile, from: readonly string[]): Artefact {
  return artefact(file.path, from, file.content, (content) => content);
}
