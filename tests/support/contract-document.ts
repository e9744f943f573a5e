/** A value of a document that is an object, and where it stands. */
export interface Place {
  /** A JSON pointer in URI form, `#/paths/~1patient`. */
  readonly pointer: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** An OpenAPI document, walked without regard to what is written in place and what by reference. */
export interface ContractDocument {
  /** What a pointer leads to; an empty object when it leads nowhere. */
  find(pointer: string): Place;
  /** The members of an object that are objects themselves. */
  children(place: Place): [string, Place][];
}

export function contractDocument(json: object): ContractDocument {
  const find = (pointer: string): Place => {
    let value: unknown = json;
    for (const part of pointer.split("/").slice(1))
      value = isObject(value) ? value[unescape(part)] : undefined;
    if (!isObject(value)) return { pointer, value: {} };
    return typeof value.$ref === "string" ? find(value.$ref) : { pointer, value };
  };
  return {
    find,
    children: ({ pointer, value }) =>
      Object.keys(value)
        .filter((name) => isObject(value[name]))
        .map((name) => [name, find(`${pointer}/${escapePointer(name)}`)]),
  };
}

/** RFC 6901, 6. */
export function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")).replaceAll("%7E", "~");
}

function unescape(part: string): string {
  return decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
