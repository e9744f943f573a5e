import { placeKey } from "../sides/places.ts";
import type { Change } from "../change.ts";

/** A change as it is told once, whatever the number of operations and APIs that it reaches. */
export interface Entry {
  readonly change: Change;
  /** What is said of it, with a name that suits all of its instances. */
  readonly message: string;
  readonly news: string;
  readonly instances: readonly Change[];
}

/**
 * Joins what is one change to those who made it: a limit of a shared schema reaches many operations. What a change adds for
 * those who read is left out where it breaks those who write.
 */
export function mergeChanges(changes: readonly Change[]): Entry[] {
  const groups = Map.groupBy(withoutSilver(changes), keyOf);
  return [...groups.values()].flatMap((instances) => {
    const [first] = instances;
    return first ? [entryOf(first, instances)] : [];
  });
}

function keyOf({ rule, at, place, subject, message }: Change): string {
  return [rule, placeKey(at), message("…"), place ?? subject].join("\n");
}

function entryOf(change: Change, instances: readonly Change[]): Entry {
  const subjects = [...new Set(instances.map(({ subject }) => subject))];
  const [subject = ""] = subjects;
  const name = subjects.length === 1 ? subject : (change.place ?? subjects.join(", "));
  return { change, message: change.message(name), news: change.news(name), instances };
}

/** The silver lining of a breaking change is part of it. */
function withoutSilver(changes: readonly Change[]): Change[] {
  const broken = new Set(
    changes.filter(({ rule }) => rule.startsWith("breaking/")).map(({ at }) => placeKey(at)),
  );
  return changes.filter(
    ({ rule, at }) => !/^compatible\/(request|response)-/.test(rule) || !broken.has(placeKey(at)),
  );
}
