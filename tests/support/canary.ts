/**
 * Stands in every free text that the tests send: names, numbers, user agents, malformed ids, unknown members. It may come
 * back to who sent it as data of theirs; in the register and in the logs it must not be. Letters and digits, so that
 * URL-encoding leaves it as it is.
 */
export const CANARY = "canary7b1f";
/** For fields that are too short for it, or have a form of their own. */
export const CANARY_POST_CODE = "çq7b";
export const CANARY_BIRTH = "1903-11-29";

/** Each form in which a canary stands in a text: as it is, URL-encoded, in hexadecimal, in base64 of either alphabet. */
export function leaksIn(text: string): string[] {
  const plain = text.toLowerCase();
  const encoded = text.replaceAll("-", "+").replaceAll("_", "/");
  return [
    ...PLAIN_FORMS.filter((form) => plain.includes(form)),
    ...BASE64_FORMS.filter((form) => encoded.includes(form)),
  ];
}

const PLAIN_FORMS = [CANARY, CANARY_POST_CODE, CANARY_BIRTH].flatMap((canary) => [
  canary,
  encodeURIComponent(canary).toLowerCase(),
  Buffer.from(canary).toString("hex"),
]);

/** Base64 of a text depends on where in a group of three bytes it begins; the digits that its neighbours share are cut. */
const BASE64_FORMS = [0, 1, 2].flatMap((offset) =>
  [CANARY, CANARY_BIRTH].map((canary) =>
    Buffer.from(" ".repeat(offset) + canary)
      .toString("base64")
      .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + canary.length) * 8) / 6)),
  ),
);
