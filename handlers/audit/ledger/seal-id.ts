import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { SEALED } from "./sealed-text.ts";
import type { SubjectKey } from "./subject-keys.ts";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts an id with AES-256-GCM under its subject's key. The initialisation vector is an HMAC of the id: the same id gives
 * the same text, so that a record that comes again is known by its text, and no vector is used for two ids.
 */
export function sealId(id: string, reference: string, key: SubjectKey): string {
  const iv = createHmac("sha256", key.iv).update(id).digest().subarray(0, IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.encryption, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(reference));
  const content = Buffer.concat([iv, cipher.update(id, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `enc.${reference}.${content.toString("base64url")}`;
}

/** The subject that a sealed id is of; `undefined` for a text that is no sealed id. */
export function referenceOf(sealed: string): string | undefined {
  return SEALED.exec(sealed)?.[1];
}

/** Decrypts a sealed id; `undefined` when it was sealed under another key than its subject has now. */
export function unsealId(sealed: string, key: SubjectKey): string | undefined {
  const [, reference = "", text = ""] = SEALED.exec(sealed) ?? [];
  const content = Buffer.from(text, "base64url");
  if (content.length < IV_BYTES + TAG_BYTES) return undefined;
  const iv = content.subarray(0, IV_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key.encryption, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(reference));
  decipher.setAuthTag(content.subarray(-TAG_BYTES));
  try {
    const id = decipher.update(content.subarray(IV_BYTES, -TAG_BYTES));
    return Buffer.concat([id, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
