import type { CharacterReader } from "./character-reader.ts";
import type { LiteralType, LiteralValue } from "./token.ts";

/** Reads a numeric literal and gives it the type that C# gives it (specification, section "Literals"). */
export function readNumber(reader: CharacterReader): { type: LiteralType; value: LiteralValue } {
  const hex = reader.takeMatch(/0x[0-9a-f_]+/iy);
  const digits = hex === "" ? reader.takeMatch(/(?:\d[\d_]*)?(?:\.\d[\d_]*)?(?:e[+-]?\d+)?/iy) : hex;
  const suffix = reader.takeMatch(hex === "" ? /ul|lu|[ulfdm]/iy : /ul|lu|[ul]/iy).toLowerCase();
  if (/\w/.test(reader.peek())) reader.refuse(`"${digits}${suffix}${reader.peek()}" is no number`);
  const text = digits.replaceAll("_", "");
  if (hex === "" && (/[.e]/i.test(text) || /^[fdm]$/.test(suffix))) return real(text, suffix, reader);
  return integer(BigInt(text), suffix, reader);
}

function real(text: string, suffix: string, reader: CharacterReader): { type: LiteralType; value: string } {
  if (suffix.includes("u") || suffix.includes("l")) reader.refuse(`"${text}${suffix}" is no number`);
  return { type: suffix === "m" ? "decimal" : suffix === "f" ? "float" : "double", value: text };
}

function integer(
  value: bigint,
  suffix: string,
  reader: CharacterReader,
): { type: LiteralType; value: bigint } {
  const unsigned = suffix.includes("u");
  const long = suffix.includes("l");
  if (!long && !unsigned && value < 1n << 31n) return { type: "int", value };
  if (!long && value < 1n << 32n) return { type: "uint", value };
  if (!unsigned && value < 1n << 63n) return { type: "long", value };
  if (value < 1n << 64n) return { type: "ulong", value };
  return reader.refuse("an integer literal is too large");
}
