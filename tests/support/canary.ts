/**
 * Stands in every free text that the tests send: names, numbers, user agents, malformed ids, unknown members. It may come
 * back to who sent it as data of theirs; in the register and in the logs it must not be. Letters and digits, so that
 * URL-encoding leaves it as it is.
 */
export const CANARY = "canary7b1f";
/** For fields that are too short for it, or have a form of their own. */
export const CANARY_POST_CODE = "çq7b";
export const CANARY_BIRTH = "1903-11-29";

/** Each form in which a canary stands in a text. */
export function leaksIn(text: string): string[] {
  return formsIn(text, FORMS);
}

/** The forms in which a text may hold a canary: plain ones in lower case, and base64. */
export interface CanaryForms {
  readonly plain: readonly string[];
  readonly base64: readonly string[];
}

/** In bytes. What is shorter stands in any base64 of some length. */
const SHORTEST_IN_BASE64 = 7;

/** A canary as it is, URL-encoded, in hexadecimal, and in base64 of either alphabet. */
export function formsOf(canary: string): CanaryForms {
  const isLong = Buffer.byteLength(canary) >= SHORTEST_IN_BASE64;
  return {
    plain: [
      canary.toLowerCase(),
      encodeURIComponent(canary).toLowerCase(),
      Buffer.from(canary).toString("hex"),
    ],
    base64: isLong ? [0, 1, 2].map((offset) => base64Form(canary, offset)) : [],
  };
}

/** Those of the forms that a text holds. */
export function formsIn(text: string, { plain, base64 }: CanaryForms): string[] {
  const lower = text.toLowerCase();
  const encoded = text.replaceAll("-", "+").replaceAll("_", "/");
  return [
    ...plain.filter((form) => lower.includes(form)),
    ...base64.filter((form) => encoded.includes(form)),
  ];
}

/** Base64 of a text depends on where in a group of three bytes it begins; the digits that its neighbours share are cut. */
function base64Form(canary: string, offset: number): string {
  return Buffer.from(" ".repeat(offset) + canary)
    .toString("base64")
    .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + canary.length) * 8) / 6));
}

const FORMS: CanaryForms = {
  plain: [CANARY, CANARY_POST_CODE, CANARY_BIRTH].flatMap((canary) => formsOf(canary).plain),
  base64: [CANARY, CANARY_POST_CODE, CANARY_BIRTH].flatMap((canary) => formsOf(canary).base64),
};
