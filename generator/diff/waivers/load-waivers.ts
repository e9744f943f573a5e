import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { Finding, Position } from "../../finding.ts";
import type { Sources } from "../../load/sources.ts";
import { isDiffRule } from "../rules.ts";
import { WAIVERS_FILE, type Waiver } from "./waiver.ts";

/** How long a waiver can be given for, in days. */
export const LONGEST_WAIVER = 180;

/** The waivers that hold, and what is wrong with the others. */
export interface Waivers {
  readonly valid: readonly Waiver[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the waivers. One that is not as it should be waives nothing.
 * @param today `2026-11-20`
 */
export function loadWaivers(sources: Sources, today: string): Waivers {
  if (!sources.has(WAIVERS_FILE)) return { valid: [], findings: [] };
  return new Reader(sources.text(WAIVERS_FILE), today).read();
}

type Key = "rule" | "at" | "reason" | "approvedBy" | "expires";

/** What each key of a waiver must be; what is expected, when it is not. */
const KEYS: Readonly<Record<Key, (value: string) => string | undefined>> = {
  rule: (value) =>
    isDiffRule(value) && value.startsWith("breaking/")
      ? undefined
      : "the id of a breaking/… rule is expected",
  at: (value) =>
    /^[\w-]+([.[][\w.[\]*-]+)?$/.test(value)
      ? undefined
      : "an operationId, a component with a property path (Patient.firstName), an API, a product or a named value is expected",
  reason: (value) =>
    value.trim().length >= 10 ? undefined : "a reason of at least 10 characters is expected",
  approvedBy: (value) =>
    /^@?[A-Za-z0-9][\w./-]*$/.test(value)
      ? undefined
      : "a role or a handle is expected, such as api-owners or @octocat",
  expires: (value) => (isDay(value) ? undefined : "a day is expected, such as 2026-12-31"),
};

class Reader {
  readonly #lines = new LineCounter();
  readonly #findings: Finding[] = [];
  readonly #seen = new Map<string, Position>();
  readonly #text: string;
  readonly #today: string;

  constructor(text: string, today: string) {
    this.#text = text;
    this.#today = today;
  }

  read(): Waivers {
    const document = parseDocument(this.#text, { lineCounter: this.#lines, prettyErrors: false });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) {
      this.#report(this.#position(problem.pos[0]), problem.message);
      return { valid: [], findings: this.#findings };
    }
    const { contents } = document;
    if (contents === null) return { valid: [], findings: [] };
    if (!isSeq(contents)) this.#report(this.#at(contents), "a list of waivers is expected");
    const items = isSeq(contents) ? contents.items : [];
    return { valid: items.flatMap((item) => this.#readItem(item)), findings: this.#findings };
  }

  #readItem(item: unknown): Waiver[] {
    const position = this.#at(item);
    if (!isMap(item)) {
      this.#report(position, "{ rule, at, reason, approvedBy, expires } is expected");
      return [];
    }
    const before = this.#findings.length;
    this.#refuseUnknown(item);
    const waiver: Waiver = {
      rule: this.#value(item, "rule"),
      at: this.#value(item, "at"),
      reason: this.#value(item, "reason"),
      approvedBy: this.#value(item, "approvedBy"),
      expires: this.#value(item, "expires"),
      position,
    };
    if (this.#findings.length === before) this.#judge(waiver, item);
    return this.#findings.length === before ? [waiver] : [];
  }

  #refuseUnknown(item: YAMLMap): void {
    for (const { key } of item.items) {
      const name = isScalar(key) ? String(key.value) : "";
      if (!Object.hasOwn(KEYS, name))
        this.#report(this.#at(key), `${name} is no key of a waiver; known: ${Object.keys(KEYS).join(", ")}`);
    }
  }

  #value(item: YAMLMap, key: Key): string {
    const node = item.get(key, true);
    const value = isScalar(node) && typeof node.value === "string" ? node.value : undefined;
    const problem = value === undefined ? `${key} is missing, or no text` : KEYS[key](value);
    if (problem !== undefined) this.#report(this.#at(node ?? item), problem);
    return value ?? "";
  }

  #judge({ rule, at, expires, position }: Waiver, item: YAMLMap): void {
    const expiry = this.#at(item.get("expires", true));
    const first = this.#seen.get(`${rule} ${at}`);
    if (first) this.#report(position, `${rule} at ${at} is waived in line ${first.line} already`);
    this.#seen.set(`${rule} ${at}`, position);
    if (daysBetween(this.#today, expires) > LONGEST_WAIVER)
      this.#report(expiry, `a waiver holds for at most ${LONGEST_WAIVER} days`);
    if (expires < this.#today)
      this.#findings.push({
        ...expiry,
        severity: "error",
        rule: "waiver/expired",
        message: `the waiver of ${rule} at ${at} expired on ${expires}`,
        hint: "take it out, or have it approved again",
      });
  }

  #report(position: Position, message: string): void {
    this.#findings.push({ ...position, severity: "error", rule: "waiver/form", message });
  }

  #at(node: unknown): Position {
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    const offset: unknown = Array.isArray(range) ? range[0] : 0;
    return this.#position(typeof offset === "number" ? offset : 0);
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { file: WAIVERS_FILE, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  const isWritten = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isWritten && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
