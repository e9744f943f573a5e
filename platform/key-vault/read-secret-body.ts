import { BadParameter } from "./bad-parameter.ts";
import { isRecord, readBody, readBoolean, readMembers } from "./read-members.ts";
import type { SecretProperties } from "./secret-store.ts";

/**
 * The body of Set Secret: a value and what may be said of it.
 *
 * @throws BadParameter naming what cannot be stored
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/set-secret/set-secret
 */
export function readNewSecret(text: string | undefined): { value: string; properties: SecretProperties } {
  const { value, ...rest } = readBody(text, ["value", ...PROPERTIES]);
  if (typeof value !== "string") throw new BadParameter("Expected value to be a string.");
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES)
    throw new BadParameter("The value of a secret has at most 25k bytes.");
  return { value, properties: readProperties(rest) };
}

/**
 * The body of Update Secret, which says anything but the value. Tags replace those that are there, all of them.
 *
 * @throws BadParameter naming what cannot be stored
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/update-secret/update-secret
 */
export function readSecretChanges(text: string | undefined): SecretProperties {
  return readProperties(readBody(text, PROPERTIES));
}

const PROPERTIES = ["tags", "contentType", "attributes"];
/** Key Vault's limit for the value of a secret, in bytes. */
const MAX_VALUE_BYTES = 25_600;
/** Key Vault's limits for tags: how many, and the characters of a name and of a value. */
const [MAX_TAGS, MAX_TAG_LENGTH] = [15, 256];
const MAX_CONTENT_TYPE_LENGTH = 255;

function readProperties({
  tags,
  contentType,
  attributes = {},
}: Readonly<Record<string, unknown>>): SecretProperties {
  const { enabled, exp, nbf } = readMembers("attributes", attributes, ["enabled", "exp", "nbf"]);
  return withoutAbsent({
    enabled: readBoolean("attributes.enabled", enabled),
    exp: readTime("attributes.exp", exp),
    nbf: readTime("attributes.nbf", nbf),
    contentType: readContentType(contentType),
    tags: readTags(tags),
  });
}

function readTime(name: string, value: unknown): number | undefined {
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= 0))
    return value;
  throw new BadParameter(`Expected ${name} to be a whole number of seconds since 1970.`);
}

function readContentType(value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && value.length <= MAX_CONTENT_TYPE_LENGTH))
    return value;
  throw new BadParameter(
    `Expected contentType to be a string of at most ${MAX_CONTENT_TYPE_LENGTH} characters.`,
  );
}

function readTags(value: unknown): Record<string, string> | undefined {
  if (value === undefined || isTags(value)) return value;
  throw new BadParameter(
    `Expected tags to be an object of at most ${MAX_TAGS} strings, of ${MAX_TAG_LENGTH} characters each.`,
  );
}

function isTags(value: unknown): value is Record<string, string> {
  if (!isRecord(value)) return false;
  const entries = Object.entries(value);
  const fits = (text: unknown) => typeof text === "string" && text.length <= MAX_TAG_LENGTH;
  return entries.length <= MAX_TAGS && entries.every((pair) => pair.every(fits));
}

function withoutAbsent(properties: {
  [Name in keyof SecretProperties]: SecretProperties[Name] | undefined;
}): SecretProperties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
