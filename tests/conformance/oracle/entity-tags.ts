/**
 * Whether `If-Match` names the current version (RFC 9110, 13.1.1): `*`, or one of its entity tags, compared strongly.
 * @param current the entity tag of the resource; `null` when it has none
 */
export function matchesStrongly(condition: string, current: string | null): boolean {
  return matches(
    condition,
    current,
    (tag) => !tag.weak && current !== null && !isWeak(current) && tag.opaque === opaqueOf(current),
  );
}

/** Whether `If-None-Match` names it (RFC 9110, 13.1.2), compared weakly. */
export function matchesWeakly(condition: string, current: string | null): boolean {
  return matches(condition, current, (tag) => current !== null && tag.opaque === opaqueOf(current));
}

interface EntityTag {
  readonly weak: boolean;
  /** With its quotes. */
  readonly opaque: string;
}

function matches(condition: string, current: string | null, equals: (tag: EntityTag) => boolean): boolean {
  return condition.trim() === "*" ? current !== null : tagsOf(condition).some(equals);
}

/** A comma may stand within the quotes (RFC 9110, 8.8.3), so that the list is not simply split. */
function tagsOf(condition: string): EntityTag[] {
  return [...condition.matchAll(/(W\/)?("[^"]*")/g)].map(([, weak, opaque = ""]) => ({
    weak: weak !== undefined,
    opaque,
  }));
}

function isWeak(tag: string): boolean {
  return tag.startsWith("W/");
}

function opaqueOf(tag: string): string {
  return isWeak(tag) ? tag.slice(2) : tag;
}
