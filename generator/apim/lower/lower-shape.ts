import type { Json, JsonObject } from "../../load/json.ts";
import { ENFORCERS } from "../losses.ts";

/** Who is told what the import document leaves out, or what APIM ignores of it. */
export interface LossContext {
  /**
   * @param node an object or list of the contract
   * @param key its member that gets lost
   * @param lost how a person calls it
   */
  lose(node: object, key: string, lost: string, enforcedBy: string): void;
}

/** Takes one member of an object over: what the import document gets for it. */
export type Take = (value: Json) => JsonObject;

/**
 * What becomes of the members of one kind of object. A member that is not named here is lost, and said to be: a
 * keyword that nobody has thought of cannot vanish.
 */
export interface Shape {
  readonly taken: Readonly<Record<string, "same" | Take>>;
  /** What enforces a member instead. One that is also `taken` stays in the document, but APIM keeps no such thing. */
  readonly lost: Readonly<Record<string, string>>;
  /** How a member is called in the list of losses; by default as it is written. */
  readonly label?: (key: string) => string;
}

/** An object of the contract as the import document has it. What it cannot have is told to the context. */
export function lowerShape(node: JsonObject, shape: Shape, context: LossContext): JsonObject {
  const lowered: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node)) {
    const take = own(shape.taken, key);
    const enforcedBy = own(shape.lost, key) ?? (take === undefined ? ENFORCERS.nothing : undefined);
    if (enforcedBy !== undefined) context.lose(node, key, labelOf(key, shape), enforcedBy);
    if (take !== undefined) Object.assign(lowered, take === "same" ? { [key]: value } : take(value));
  }
  return lowered;
}

/** An extension is called by its own name wherever it stands. */
function labelOf(key: string, { label }: Shape): string {
  return key.startsWith("x-") || !label ? key : label(key);
}

/** A contract can have a member called `constructor`. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
