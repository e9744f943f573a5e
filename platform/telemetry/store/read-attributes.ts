import { isMembers } from "../envelope.ts";

/** The properties and measurements of an item, as text. */
export function readAttributes(
  base: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  return Object.fromEntries([
    ...entries(more).filter(([, value]) => value !== ""),
    ...entries(base.properties).filter(([name]) => name !== LINKS),
    ...entries(base.measurements),
  ]);
}

/** Shown as links, not as an attribute. */
const LINKS = "_MS.links";

function entries(members: unknown): [string, string][] {
  if (!isMembers(members)) return [];
  return Object.entries(members).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null ? [] : [[name, toText(value)]],
  );
}

/** The schema allows no nested values; they are not walked, since they may be nested as deep as a body is long. */
function toText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "(nested value)";
}
