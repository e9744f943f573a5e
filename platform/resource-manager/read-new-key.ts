import { isSameName } from "./arm-request.ts";

/** A key that is to be stored; without a value one is made. */
export interface NewKey {
  readonly value?: string;
}

/** Why a body is no key; quotes nothing of it. */
export interface RefusedKey {
  readonly refused: string;
}

/**
 * Reads `{"properties": {"name": …, "value": …}}`, both of which may be absent. The reference page shows the two members without
 * `properties`; the service reads them within, as Azure CLI sends them. Outside they are refused: they would be ignored.
 *
 * @param text `undefined` when it was too long to be read
 * @param name the key's, in the address
 * @see https://learn.microsoft.com/rest/api/appservice/web-apps/create-or-update-host-secret
 */
export function readNewKey(text: string | undefined, name: string): NewKey | RefusedKey {
  const body = text === "" ? {} : parse(text);
  const properties = body?.properties ?? {};
  if (!body || !isRecord(properties)) return { refused: EXPECTED };
  const unknown =
    Object.keys(body).find((each) => each !== "properties") ??
    Object.keys(properties).find((each) => each !== "name" && each !== "value");
  if (unknown !== undefined) return { refused: `The member "${unknown}" is not known here. ${EXPECTED}` };
  const { name: given = name, value } = properties;
  if (typeof given !== "string" || !isSameName(given, name))
    return { refused: "properties.name is not the name in the address." };
  if (value === undefined || value === null) return {};
  return typeof value === "string" && VALUE.test(value)
    ? { value }
    : { refused: "properties.value must be 1 to 1024 characters that a header can hold." };
}

const EXPECTED = 'Expected {"properties": {"name": "…", "value": "…"}}.';
/** Visible ASCII: a key travels in `x-functions-key`. */
const VALUE = /^[\x21-\x7e]{1,1024}$/;

function parse(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
