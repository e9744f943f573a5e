import type { CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent, MongoClient } from "mongodb";
import { currentSpan } from "../telemetry/current-span.ts";
import type { Span } from "../telemetry/span.ts";

/**
 * Makes a span of each command that a request or a job sends to the database: the command's name and its collection, and nothing
 * of what it says. Commands of no span, such as those that watch the servers, are nobody's.
 */
export function observeCommands(client: MongoClient): void {
  const underWay = new Map<number, Span>();
  client.on("commandStarted", (event: CommandStartedEvent) => {
    const collection = collectionOf(event);
    const span = collection === undefined ? undefined : currentSpan();
    if (!span) return;
    const operation = `${event.commandName} ${collection}`;
    underWay.set(
      event.requestId,
      span.call(operation, {
        "db.system": "mongodb",
        "db.name": event.databaseName,
        "db.operation": operation,
        // A socket that is a file has a name of its own each time.
        ...(HOST.test(event.address) && { "server.address": event.address }),
      }),
    );
  });
  const ended = ({ requestId }: { readonly requestId: number }): Span | undefined => {
    const span = underWay.get(requestId);
    underWay.delete(requestId);
    return span;
  };
  client.on("commandSucceeded", (event: CommandSucceededEvent) => ended(event)?.end());
  client.on("commandFailed", (event: CommandFailedEvent) => {
    const span = ended(event);
    span?.fail(event.failure);
    span?.end();
  });
}

const HOST = /^[\w.-]+:\d+$/;

/** `find` and its like name their collection in the member that bears the command's name, `getMore` in one of its own. */
function collectionOf({ command, commandName }: CommandStartedEvent): string | undefined {
  const named: unknown = commandName === "getMore" ? command.collection : command[commandName];
  return typeof named === "string" ? named : undefined;
}
