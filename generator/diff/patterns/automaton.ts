import { ANY, has, type CharSet } from "./char-set.ts";
import type { Pattern } from "./parse-pattern.ts";

interface State {
  readonly onChar: { readonly set: CharSet; readonly to: number }[];
  readonly onNothing: { readonly to: number; readonly where: "anywhere" | "start" | "end" }[];
}

/** More states than this, and a pattern is left alone. */
const MAX_STATES = 4000;

/** A nondeterministic automaton for the texts in which a pattern is found. */
export class Automaton {
  readonly #states: State[] = [];
  readonly #first: number;
  readonly #last: number;

  /** @throws {RangeError} when it would be too large */
  constructor(pattern: Pattern) {
    this.#first = this.#add();
    this.#last = this.#add();
    // A pattern is looked for anywhere in a text.
    this.#state(this.#first).onChar.push({ set: ANY, to: this.#first });
    this.#state(this.#last).onChar.push({ set: ANY, to: this.#last });
    this.#build(pattern, this.#first, this.#last);
  }

  /** Every set of characters that it tells apart. */
  sets(): CharSet[] {
    return this.#states.flatMap(({ onChar }) => onChar.map(({ set }) => set));
  }

  /** Where it is before the first character. */
  start(): readonly number[] {
    return this.#close([this.#first], "start");
  }

  /** Where it is after one more character. */
  step(states: readonly number[], char: number): readonly number[] {
    const next = states.flatMap((state) =>
      this.#state(state).onChar.flatMap(({ set, to }) => (has(set, char) ? [to] : [])),
    );
    return this.#close(next, "anywhere");
  }

  /** Whether a text that ends here matches. */
  accepts(states: readonly number[]): boolean {
    return this.#close(states, "end").includes(this.#last);
  }

  /** Whether the empty text matches, which ends where it starts. */
  acceptsEmpty(): boolean {
    return this.#close(this.#close([this.#first], "start"), "both").includes(this.#last);
  }

  #build(pattern: Pattern, from: number, to: number): void {
    switch (pattern.kind) {
      case "char":
        this.#state(from).onChar.push({ set: pattern.set, to });
        return;
      case "start":
      case "end":
        this.#state(from).onNothing.push({ to, where: pattern.kind });
        return;
      case "sequence":
        this.#chain(pattern.parts, from, to);
        return;
      case "choice":
        for (const option of pattern.options) this.#build(option, from, to);
        return;
      case "repeat":
        this.#repeat(pattern, from, to);
    }
  }

  #chain(parts: readonly Pattern[], from: number, to: number): void {
    let at = from;
    for (const part of parts) {
      const next = this.#add();
      this.#build(part, at, next);
      at = next;
    }
    this.#state(at).onNothing.push({ to, where: "anywhere" });
  }

  #repeat({ part, min, max }: Extract<Pattern, { kind: "repeat" }>, from: number, to: number): void {
    const copies = max === Infinity ? min : max;
    let at = this.#add();
    this.#state(from).onNothing.push({ to: at, where: "anywhere" });
    for (let count = 0; count < copies; count++) {
      if (count >= min) this.#state(at).onNothing.push({ to, where: "anywhere" });
      const next = this.#add();
      this.#build(part, at, next);
      at = next;
    }
    if (max === Infinity) {
      const back = this.#add();
      this.#build(part, at, back);
      this.#state(back).onNothing.push({ to: at, where: "anywhere" });
    }
    this.#state(at).onNothing.push({ to, where: "anywhere" });
  }

  #close(states: readonly number[], where: "anywhere" | "start" | "end" | "both"): readonly number[] {
    const found = new Set(states);
    for (const state of found) {
      for (const edge of this.#state(state).onNothing) {
        const isOpen = edge.where === "anywhere" || edge.where === where || where === "both";
        if (isOpen) found.add(edge.to);
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  #add(): number {
    if (this.#states.length >= MAX_STATES) throw new RangeError("too many states");
    this.#states.push({ onChar: [], onNothing: [] });
    return this.#states.length - 1;
  }

  #state(index: number): State {
    const state = this.#states[index];
    if (!state) throw new RangeError(`there is no state ${index}`);
    return state;
  }
}
