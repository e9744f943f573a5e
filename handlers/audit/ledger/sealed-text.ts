/** How an id of a person is written in the ledger: `enc.<subject>.<iv, cipher text and tag in base64url>`. */
export const SEALED = /^enc\.([\w-]{22})\.([\w-]{38,})$/;

const SEALED_IN_TEXT = /"enc\.([\w-]{22})\.[\w-]{38,}"/g;

/**
 * True when two canonical texts are of the same record. Sealed ids are the same when their subjects are: a subject's key, and
 * with it the cipher text, is another one after an erasure.
 */
export function sameRecord(one: string, other: string): boolean {
  return one === other || withoutCipherText(one) === withoutCipherText(other);
}

function withoutCipherText(text: string): string {
  return text.replace(SEALED_IN_TEXT, '"enc.$1"');
}
