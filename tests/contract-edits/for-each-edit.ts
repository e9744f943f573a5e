import type { EditedFile } from "./apply-changes.ts";
import type { Change } from "./contract-edit.ts";
import { createEditedProject, type EditedProject } from "./edited-project.ts";
import { createRedoclyRunner, type RedoclyRunner } from "./redocly-runner.ts";

/** An edit that has been made, and what there is to judge it with. */
export interface Made<Edit = unknown> {
  readonly edit: Edit;
  /** The folder of a project that stays as it is. */
  readonly base: string;
  /** The folder of the edited project. */
  readonly directory: string;
  readonly files: readonly EditedFile[];
  readonly redocly: RedoclyRunner;
}

const LANES = 2;

/**
 * Makes each edit in a project and takes it back, two at a time, each lane in a project of its own.
 * @returns what `use` gave for each, in the order of the edits
 */
export async function forEachEdit<Edit extends { readonly changes: readonly Change[] }, Result>(
  edits: readonly Edit[],
  use: (made: Made<Edit>) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...edits.entries()];
  const projects = await Promise.all(Array.from({ length: LANES + 1 }, createEditedProject));
  const [unedited, ...edited] = projects;
  const base = unedited?.directory ?? "";
  const lane = async ({ directory, during }: EditedProject): Promise<void> => {
    const redocly = createRedoclyRunner();
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, edit] = next;
        results[index] = await during(edit.changes, (files) =>
          use({ edit, base, directory, files, redocly }),
        );
      }
    } finally {
      redocly.stop();
    }
  };
  try {
    await Promise.all(edited.map(lane));
  } finally {
    for (const { remove } of projects) remove();
  }
  return results;
}
