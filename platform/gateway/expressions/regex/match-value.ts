import { ClrValue } from "../runtime/clr-value.ts";
import type { FoundGroup, FoundMatch, Regex } from "./regex.ts";

/** `Group`; also stands for its one capture. */
export class GroupValue extends ClrValue {
  readonly typeName: string = "System.Text.RegularExpressions.Group";
  readonly group: FoundGroup;

  constructor(group: FoundGroup) {
    super();
    this.group = group;
  }

  override text(): string {
    return this.group.value ?? "";
  }

  get success(): boolean {
    return this.group.value !== null;
  }
}

/** `Match`; without a match its `Success` is false. */
export class MatchValue extends GroupValue {
  override readonly typeName: string = "System.Text.RegularExpressions.Match";
  readonly regex: Regex | null;
  readonly found: FoundMatch | null;

  constructor(regex: Regex | null, found: FoundMatch | null) {
    super(found?.groups[0] ?? NO_GROUP);
    this.regex = regex;
    this.found = found;
  }

  /** A group by name or number; one that does not exist has no success. */
  byName(name: string): GroupValue {
    const groups = this.found?.groups ?? [];
    const group =
      groups.find((candidate) => candidate.name === name) ??
      (/^\d+$/.test(name) ? groups[Number(name)] : undefined);
    return new GroupValue(group ?? { ...NO_GROUP, name });
  }

  byNumber(number: number): GroupValue {
    if (number === 0) return this;
    return new GroupValue(this.found?.groups[number] ?? NO_GROUP);
  }

  next(): MatchValue {
    if (this.regex === null || this.found === null) return this;
    const { index, value } = this.group;
    const start = index + Math.max(value?.length ?? 0, 1);
    const found = start > this.found.input.length ? null : this.regex.find(this.found.input, start);
    return new MatchValue(this.regex, found);
  }

  /** Expands `$1`, `${name}`, `$&` and `$$` of a replacement pattern. */
  expand(replacement: string): string {
    return replacement.replace(/\$(?:\$|&|(\d+)|\{(\w+)\})/g, (match, number, name) => {
      if (match === "$$") return "$";
      if (match === "$&") return this.text();
      const key = typeof name === "string" ? name : String(number);
      const exists =
        this.found?.groups.some((group, index) => group.name === key || index.toString() === key) ?? false;
      return exists ? this.byName(key).text() : match;
    });
  }
}

const NO_GROUP: FoundGroup = { name: "0", value: null, index: 0 };
