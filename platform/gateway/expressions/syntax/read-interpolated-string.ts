import type { CharacterReader } from "./character-reader.ts";
import {
  readCharacter,
  readCharLiteral,
  readRegularString,
  readVerbatimString,
} from "./read-text-literal.ts";
import type { InterpolationPart } from "./token.ts";

/** Reads the quoted part of `$"…"` or `$@"…"`, the cursor standing on the opening quote. */
export function readInterpolatedString(reader: CharacterReader, verbatim: boolean): InterpolationPart[] {
  reader.take();
  const parts: InterpolationPart[] = [];
  let text = "";
  for (;;) {
    if (reader.atEnd()) reader.refuse("the interpolated string has no closing quote");
    if (verbatim && reader.startsWith('""')) text += reader.take(2).slice(1);
    else if (reader.peek() === '"') break;
    else if (reader.startsWith("{{") || reader.startsWith("}}")) text += reader.take(2).slice(1);
    else if (reader.peek() === "}") reader.refuse('a "}" in an interpolated string is written "}}"');
    else if (reader.peek() === "{") {
      parts.push({ kind: "text", text }, readHole(reader));
      text = "";
    } else text += verbatim ? reader.take() : readCharacter(reader);
  }
  reader.take();
  parts.push({ kind: "text", text });
  return parts;
}

function readHole(reader: CharacterReader): InterpolationPart {
  reader.take();
  const line = reader.line;
  const source = takeUntil(reader, [",", ":", "}"]);
  if (source.trim() === "") reader.refuse("an interpolation is empty");
  const alignment = reader.peek() === "," ? readAlignment(reader) : 0;
  const format = reader.peek() === ":" ? reader.takeMatch(/:[^}"]*/y).slice(1) : "";
  if (reader.take() !== "}") reader.refuse('an interpolation has no closing "}"');
  return { kind: "hole", source, line, alignment, format };
}

function readAlignment(reader: CharacterReader): number {
  const text = reader.takeMatch(/,\s*-?\d{1,4}\s*/y);
  if (text === "") reader.refuse("the alignment of an interpolation is an integer of at most four digits");
  return Number(text.slice(1));
}

/** Takes C# up to one of the ends that stands outside brackets and literals. */
function takeUntil(reader: CharacterReader, ends: readonly string[]): string {
  const start = reader.position;
  let depth = 0;
  while (depth > 0 || !ends.includes(reader.peek())) {
    if (reader.atEnd()) reader.refuse('an interpolation has no closing "}"');
    if (skipLiteral(reader)) continue;
    const character = reader.take();
    if ("([{".includes(character)) depth++;
    if (")]}".includes(character)) depth--;
    if (depth < 0) reader.refuse("an interpolation has unbalanced brackets");
  }
  return reader.source.slice(start, reader.position);
}

function skipLiteral(reader: CharacterReader): boolean {
  if (reader.peek() === '"') readRegularString(reader);
  else if (reader.peek() === "'") readCharLiteral(reader);
  else if (reader.startsWith('@"')) {
    reader.take();
    readVerbatimString(reader);
  } else if (reader.startsWith('$"')) {
    reader.take();
    readInterpolatedString(reader, false);
  } else return false;
  return true;
}
