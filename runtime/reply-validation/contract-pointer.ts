import type { OperationDefinition } from "../operation.ts";

/** Where the responses of an operation are in its contract, as a JSON pointer (RFC 6901). */
export function responsesPointer({ path, method }: OperationDefinition): string {
  return `/paths/${escape(path)}/${method.toLowerCase()}/responses`;
}

/** Where the schema of a body is within its response; nowhere when the response has none. */
export function contentPointer(contentType: string | null): string {
  return contentType === null ? "" : `/content/${escape(contentType)}/schema`;
}

/**
 * Where the schema of a value is within that of its body. Every response of the contract is closed (a test sees to it), so
 * the names on the way to a value are the contract's; digits are an array's.
 * @param instance the parts of the value's own pointer
 */
export function schemaPointer(instance: readonly string[]): string {
  return instance.map((part) => (/^\d+$/.test(part) ? "/items" : `/properties/${part}`)).join("");
}

function escape(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}
