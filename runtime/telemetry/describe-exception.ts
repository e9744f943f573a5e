import { nameOfError } from "./log.ts";
import type { SpanException } from "./span-record.ts";

const MAX_FRAMES = 12;
/** A frame as it is told: a function and the place in a file, or the place alone. */
export const FRAME = /^ {4}at (?:[\w.<>#$ [\]]+ \([\w.-]+:\d+:\d+\)|[\w.-]+:\d+:\d+)$/;
/** A frame as V8 writes it. */
const WRITTEN = /^ {4}at (?:(?:async )?([\w.<>#$ [\]]+) \()?(?:[^\s()]*[/\\])?([\w.-]+:\d+:\d+)\)?$/;

/** What telemetry says of an error: its name, its code and where it was thrown. Never its message. */
export function describeException(error: unknown): SpanException {
  return { type: nameOfError(error), frames: error instanceof Error ? framesOf(error) : "" };
}

/** The message comes first in a stack and may look like frames; the folders of files may bear a person's name. */
function framesOf({ stack = "", message }: Error): string {
  const at = stack.indexOf(message);
  if (at === -1) return "";
  return stack
    .slice(at + message.length)
    .split("\n")
    .flatMap((line) => {
      const [, name, place] = WRITTEN.exec(line) ?? [];
      if (place === undefined) return [];
      return name === undefined ? `    at ${place}` : `    at ${name} (${place})`;
    })
    .slice(0, MAX_FRAMES)
    .join("\n");
}
