import { isList, isObject, type Json, type JsonObject } from "../../../generator/load/json.ts";

/** A JSON pointer (RFC 6901) of one more member, or several. */
export function join(pointer: string, ...members: readonly (string | number)[]): string {
  return members.reduce<string>((all, member) => `${all}/${escape(String(member))}`, pointer);
}

/** The members that a pointer names, one after the other. */
export function membersOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((member) => member.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a pointer leads to; `undefined` when it leads nowhere. */
export function valueAt(document: JsonObject, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const member of membersOf(pointer)) {
    if (isList(value)) value = value[Number(member)];
    else value = isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  }
  return value;
}

/** The object that a pointer leads to, and its own place when it is there by reference. */
export function follow(document: JsonObject, pointer: string): { pointer: string; value: JsonObject } {
  const value = valueAt(document, pointer);
  if (!isObject(value)) return { pointer, value: {} };
  return typeof value.$ref === "string" ? follow(document, pointerOf(value.$ref)) : { pointer, value };
}

/** The pointer of a reference within the document: in a URI it is percent-encoded (RFC 6901, 6). */
export function pointerOf(reference: string): string {
  return decodeURIComponent(reference.slice(reference.indexOf("#") + 1));
}

/** A pointer as the fragment of a URI. */
export function fragmentOf(pointer: string): string {
  return `#${encodeURI(pointer)}`;
}

function escape(member: string): string {
  return member.replaceAll("~", "~0").replaceAll("/", "~1");
}
