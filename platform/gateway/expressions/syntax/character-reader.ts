import { Refusal } from "./refusal.ts";

/** A cursor over the source that counts lines. */
export class CharacterReader {
  readonly source: string;
  position = 0;
  line: number;

  constructor(source: string, line: number) {
    this.source = source;
    this.line = line;
  }

  /** The character at the cursor, or at an offset from it; empty at the end. */
  peek(offset = 0): string {
    return this.source.charAt(this.position + offset);
  }

  startsWith(text: string): boolean {
    return this.source.startsWith(text, this.position);
  }

  atEnd(): boolean {
    return this.position >= this.source.length;
  }

  /** Takes `count` characters. */
  take(count = 1): string {
    const text = this.source.slice(this.position, this.position + count);
    for (const character of text) if (character === "\n") this.line++;
    this.position += count;
    return text;
  }

  /** Takes what a sticky pattern matches here, or the empty string. */
  takeMatch(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    return this.take(pattern.exec(this.source)?.[0].length ?? 0);
  }

  refuse(problem: string): never {
    throw new Refusal(this.line, problem);
  }
}
