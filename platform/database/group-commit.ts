import { failure, runCommand } from "./commands/run-command.ts";
import type { CommandContext } from "./commands/command.ts";
import type { PendingRequest } from "./wire/serve-connection.ts";

/**
 * Runs commands in groups: all that arrived in one turn of the event loop share one transaction and one fsync, and
 * are answered only once that has succeeded.
 */
export class GroupCommit {
  readonly #context: Omit<CommandContext, "database">;
  #waiting: PendingRequest[] = [];
  #closed = false;

  constructor(context: Omit<CommandContext, "database">) {
    this.#context = context;
  }

  /** Takes a command, which runs at the end of this turn. */
  readonly enqueue = (pending: PendingRequest): void => {
    if (this.#waiting.push(pending) === 1) setImmediate(() => this.flush());
  };

  /** Runs what waits, and nothing more. */
  close(): void {
    this.flush();
    this.#closed = true;
  }

  /** Runs what waits. */
  flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length > 0 && !this.#closed) this.#run(group);
  }

  /** When a group fails, each of its commands runs again in a transaction of its own, so that only the culprit fails. */
  #run(group: readonly PendingRequest[]): void {
    const answers = this.#attempt(group);
    if (answers) group.forEach(({ reply }, index) => reply(answers[index] ?? failure()));
    else if (group.length === 1) group[0]?.reply(failure());
    else group.forEach((pending) => this.#run([pending]));
  }

  #attempt(group: readonly PendingRequest[]): Uint8Array[] | undefined {
    const { store, cursors } = this.#context;
    try {
      const answers = group.map(({ request }) => runCommand(request.body, this.#context));
      store.commit();
      cursors.settle();
      return answers;
    } catch {
      // A fault of ours or of the disk. It may hold a person's data, so it is neither logged nor told.
      store.rollback();
      cursors.abandon();
      return undefined;
    }
  }
}
